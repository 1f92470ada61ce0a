using System.Text;

namespace Kops.Terraform;

/// <summary>Texts in quotes.</summary>
internal static class HclText
{
    /// <summary>
    /// A text in quotes. kOps writes it as it is; what would end the text or break the file is escaped here. <c>${</c> is left alone, as
    /// some write it on purpose.
    /// </summary>
    public static string Quote(string text)
    {
        if (!text.AsSpan().ContainsAny("\"\\\n\r\t"))
            return $"\"{text}\"";
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ => quoted.Append(character),
            };
        return quoted.Append('"').ToString();
    }
}
