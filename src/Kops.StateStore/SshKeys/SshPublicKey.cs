using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;

namespace Kops.StateStore.SshKeys;

/// <summary>An SSH public key that may log in as <c>admin</c>.</summary>
/// <param name="Id">Its fingerprint: the MD5 of the key in hexadecimal digits with colons, as <c>ssh-keygen -E md5</c> prints it.</param>
/// <param name="File">Its file, whose content is the public key in OpenSSH's one-line form.</param>
public sealed record SshPublicKey(string Id, StoredFile File)
{
    /// <summary>The public key's line without white space at its ends.</summary>
    public string PublicKey => File.Text.Trim();

    /// <summary>The fingerprint of a public key in OpenSSH's one-line form.</summary>
    /// <param name="publicKey">The file.</param>
    /// <param name="source">Its name, for the message.</param>
    /// <exception cref="StateStoreException">It is no public key.</exception>
    public static string Fingerprint(ReadOnlyMemory<byte> publicKey, string source)
    {
        var text = Encoding.UTF8.GetString(publicKey.Span);
        var words = Words(text);
        if (words.Length < 2 || BlobOf(words[0], words[1]) is not { } blob)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} is not an OpenSSH public key{Reason(text, words)}; expected one line such as 'ssh-ed25519 AAAAC3... user@host', "
                    + $"as in ~/.ssh/id_ed25519.pub"
            );
        }

        if (text.Trim().Split('\n').Skip(1).Any(line => HasKey(Words(line))))
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} holds several public keys; one file holds one key, and each is added by itself"
            );
        return string.Join(
            ':',
            MD5.HashData(blob).Select(octet => octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    /// <summary>The fingerprint that a file's name stands for.</summary>
    internal static string IdOfFile(string name) =>
        name.Contains(':', StringComparison.Ordinal) || name.Length % 2 != 0
            ? name
            : string.Join(':', name.Chunk(2).Select(pair => new string(pair)));

    /// <summary>What is wrong where it looks like a line of authorized_keys, or like a file of another program's.</summary>
    private static string Reason(string text, string[] words) =>
        text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? " as it is a private key (name the file beside it that ends in .pub)"
        : text.StartsWith('\uFEFF') ? " as it begins with a byte order mark (save it as plain UTF-8)"
        : text.TrimStart().StartsWith('#') ? " as it begins with a comment (take that line away)"
        : HasKey(words) ? $" as '{words[0]}' stands before the key (nodes take a key without options)"
        : string.Empty;

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool HasKey(string[] words) => words.Zip(words.Skip(1)).Any(pair => BlobOf(pair.First, pair.Second) is not null);

    private static byte[]? BlobOf(string type, string key) =>
        Base64.IsValid(key) && Convert.FromBase64String(key) is { } blob && StartsWithType(blob, type) ? blob : null;

    // The key says its own type: its length as four octets, big end first, then its name.
    private static bool StartsWithType(ReadOnlySpan<byte> blob, string type)
    {
        var name = Encoding.ASCII.GetBytes(type);
        return blob.Length > 4 + name.Length
            && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(blob) == name.Length
            && blob.Slice(4, name.Length).SequenceEqual(name);
    }
}
