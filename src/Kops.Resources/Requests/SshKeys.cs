using System.Security.Cryptography;

namespace Kops.Resources.Requests;

/// <summary>Public keys for SSH.</summary>
internal static class SshKeys
{
#pragma warning disable CA5351 // A name, not a protection.
    /// <summary>The fingerprint by which kOps calls a key: MD5 of its blob, with colons.</summary>
    /// <exception cref="FormatException">It is no public key.</exception>
    public static string Fingerprint(string key)
    {
        if (key.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not [_, var blob, ..])
            throw new FormatException("the SSH public key is none: it needs a type and a text in base 64");
        return string.Join(
            ':',
            Convert.ToHexStringLower(MD5.HashData(Convert.FromBase64String(blob))).Chunk(2).Select(pair => new string(pair))
        );
    }
#pragma warning restore CA5351
}
