using Kops.Templates.Formatting;

namespace Kops.Templates.Lexing;

/// <summary>A token: its text (for <see cref="TokenKind.Error"/> what is wrong) and where it starts.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Line)
{
    private const int LongestShown = 10;

    public bool IsKeyword => Kind >= TokenKind.Dot;

    /// <summary>As Go shows it in messages.</summary>
    public override string ToString() =>
        Kind switch
        {
            TokenKind.End => "EOF",
            TokenKind.Error => Text,
            _ when IsKeyword => $"<{Text}>",
            _ when Text.Length > LongestShown => GoQuote.Quote(Text[..LongestShown]) + "...",
            _ => GoQuote.Quote(Text),
        };
}
