namespace Kops.Cli.Hosting;

/// <summary>Paths below the user's home. A shell expands <c>~</c> at the beginning of a word, and nowhere else.</summary>
internal static class HomePath
{
    /// <summary>The path with its <c>~</c> expanded.</summary>
    /// <param name="path">The path, or anything else.</param>
    /// <param name="home">The user's home; null when nobody says where it is.</param>
    /// <exception cref="CommandException">It begins with <c>~</c>, and nobody says what that is.</exception>
    public static string Expand(string path, string? home) =>
        path != "~" && !path.StartsWith("~/", StringComparison.Ordinal) ? path
        : home is null ? throw CommandException.Usage($"{path}: '~' stands for HOME, which is not set")
        : home.TrimEnd('/') + path[1..];
}
