using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Kops.StateStore.Bundles.Age;

/// <summary>A new identity of age (X25519), for somebody else to keep. It is overwritten in memory when this is disposed.</summary>
/// <remarks>Source: age-encryption.org/v1 (C2SP specification "age"), "The X25519 recipient type".</remarks>
public sealed class AgeIdentity : IDisposable
{
    private readonly byte[] _text;

    private AgeIdentity(string recipient, byte[] text) => (Recipient, _text) = (recipient, text);

    /// <summary>Its public half, <c>age1...</c>.</summary>
    public string Recipient { get; }

    /// <summary>The file that <c>age -d -i</c> takes: the line <c>AGE-SECRET-KEY-1...</c>. Zeros once this is disposed.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>Makes one.</summary>
    public static AgeIdentity Create()
    {
        var (secret, share) = (RandomNumberGenerator.GetBytes(32), new byte[32]);
        X25519.ScalarMultBase(secret, 0, share, 0);
        var line = Bech32.Encode("age-secret-key-", secret);
        var text = new byte[line.Length + 1];
        Ascii.ToUpper(line, text, out _);
        text[^1] = (byte)'\n';
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(line);
        return new AgeIdentity(Encoding.ASCII.GetString(Bech32.Encode("age", share)), text);
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_text);

    /// <summary>The public half alone.</summary>
    public override string ToString() => Recipient;
}
