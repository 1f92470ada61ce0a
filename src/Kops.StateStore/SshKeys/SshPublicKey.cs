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
        var words = Encoding.UTF8.GetString(publicKey.Span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length < 2
            || !Base64.IsValid(words[1])
            || Convert.FromBase64String(words[1]) is not { } blob
            || !StartsWithType(blob, words[0])
        )
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} is not an OpenSSH public key; expected one line such as 'ssh-ed25519 AAAAC3... user@host', as in "
                    + $"~/.ssh/id_ed25519.pub"
            );
        }

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

    // The key says its own type: its length as four octets, big end first, then its name.
    private static bool StartsWithType(ReadOnlySpan<byte> blob, string type)
    {
        var name = Encoding.ASCII.GetBytes(type);
        return blob.Length > 4 + name.Length
            && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(blob) == name.Length
            && blob.Slice(4, name.Length).SequenceEqual(name);
    }
}
