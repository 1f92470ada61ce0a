namespace Kops.Build.Boot;

/// <summary>Texts for a shell.</summary>
internal static class ShellText
{
    /// <summary>A word that the shell takes as it stands, in quotes where it needs some.</summary>
    public static string Quote(string word) =>
        word.Length > 0
        && word.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:,@%+=".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A part of a script that lies in the program.</summary>
    public static string Read(string name)
    {
        using var stream =
            typeof(ShellText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
