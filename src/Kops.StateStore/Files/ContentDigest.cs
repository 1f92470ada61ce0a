using System.Security.Cryptography;

namespace Kops.StateStore.Files;

/// <summary>The digest by which the journal names contents.</summary>
internal static class ContentDigest
{
    /// <summary>From here on OpenSSL, which uses the processor's own instructions, is worth the 20 ms that loading it takes.</summary>
    internal const int LargeBytes = 1 << 20;

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlyMemory<byte> content) =>
        Convert.ToHexStringLower(content.Length < LargeBytes ? Sha256.HashData(content.Span) : SHA256.HashData(content.Span));
}
