using System.Text;

namespace Kops.Vfs.Oss.Signing;

/// <summary>Percent-encoding as OSS signs it: all but letters, digits and <c>-_.~</c>.</summary>
internal static class OssText
{
    internal static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>The same, with the slashes of a path as they are.</summary>
    internal static string EncodePath(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>A query as it is sent; a parameter without a value has no <c>=</c>.</summary>
    internal static string Query(IEnumerable<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            text.Append(text.Length == 0 ? string.Empty : "&").Append(Encode(name));
            if (value is not null)
                text.Append('=').Append(Encode(value));
        }

        return text.ToString();
    }
}
