using System.Security.Cryptography;

namespace Kops.StateStore.Files;

/// <summary>The digest by which the journal names contents.</summary>
internal static class ContentDigest
{
    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));
}
