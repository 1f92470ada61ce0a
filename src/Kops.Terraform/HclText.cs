using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Kops.Terraform;

/// <summary>Texts in quotes.</summary>
internal static partial class HclText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\\\n\r\t{");

    /// <summary>
    /// A text in quotes. kOps writes it as it is; what would end the text or break the file is escaped here. What Terraform can work out
    /// (<c>${var.team}</c>) is left alone, as some write it on purpose.
    /// </summary>
    public static string Quote(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
            return $"\"{text}\"";
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
            _ = text[i] switch
            {
                '"' or '\\' => quoted.Append('\\').Append(text[i]),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '$' or '%' when BeginsNothing(text, i) => quoted.Append(text[i], 2),
                _ => quoted.Append(text[i]),
            };
        return quoted.Append('"').ToString();
    }

    /// <summary>The same without quotes, for a language that has its own.</summary>
    public static string Template(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
            return text;
        var template = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            _ = text[i] is '$' or '%' && BeginsNothing(text, i) ? template.Append(text[i], 2) : template.Append(text[i]);
        return template.ToString();
    }

    // "${" and "%{" begin something for Terraform, unless the sign stands there twice.
    private static bool BeginsNothing(string text, int at) =>
        at + 1 < text.Length
        && text[at + 1] == '{'
        && (at == 0 || text[at - 1] != text[at])
        && !(text[at] == '$' && Expression().IsMatch(text.AsSpan(at)));

    // Something of Terraform's own, a resource, or a call.
    [GeneratedRegex(
        @"^\$\{~?\s*((var|local|data|path|module|count|each|self|terraform)\.\w|[a-z][a-z0-9]*_\w+\.[\w-]|[a-z]\w*\()[^{}""\n]*\}",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Expression();
}
