namespace Kops.Templates.Lexing;

/// <summary>What opens and closes an action.</summary>
internal sealed record Delimiters(string Left, string Right)
{
    public static Delimiters Standard { get; } = new("{{", "}}");
}
