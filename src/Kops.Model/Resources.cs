namespace Kops.Model;

/// <summary>The texts inside this assembly.</summary>
internal static class Resources
{
    public static string Text(string name)
    {
        using var stream =
            typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
