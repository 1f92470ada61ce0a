namespace Kops.Vfs.Oss.Signing;

/// <summary>Percent-encoding as OSS signs it: all but letters, digits and <c>-_.~</c>.</summary>
internal static class OssText
{
    internal static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>The same, with the slashes of a path as they are.</summary>
    internal static string EncodePath(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
}
