using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Kops.StateStore.Bundles.Age;

/// <summary>
/// The head of an age file: the file's key, wrapped for each recipient, and a MAC over all. X25519 and scrypt come from Bouncy Castle,
/// since the
/// platform has neither; HKDF, HMAC and ChaCha20-Poly1305 are the platform's.
/// </summary>
/// <remarks>Source: age-encryption.org/v1 (C2SP specification "age").</remarks>
internal static class AgeHeader
{
    private const string Version = "age-encryption.org/v1";
    private const string X25519Label = "age-encryption.org/v1/X25519";
    private const string ScryptLabel = "age-encryption.org/v1/scrypt";
    private const int FileKeyBytes = 16;
    private const int ScryptWork = 18;

    /// <summary>2^18 blocks of 1 KiB are 256 MiB, what age itself asks: more is an attack, or nothing that a small machine opens.</summary>
    private const int MaxScryptWork = ScryptWork;
    private const int MaxBytes = 64 * 1024;

    public static byte[] Write(IReadOnlyList<AgeKey> keys, byte[] fileKey)
    {
        var head = new StringBuilder(Version).Append('\n');
        foreach (var key in keys)
        {
            var (arguments, body) = key.Recipient is { } recipient ? Wrap(recipient, fileKey) : Wrap(key.Passphrase!, fileKey);
            head.Append("-> ").Append(arguments).Append('\n').Append(Base64(body)).Append('\n');
        }

        head.Append("---");
        return Encoding.ASCII.GetBytes($"{head} {Base64(Mac(fileKey, head.ToString()))}\n");
    }

    /// <summary>Reads the head and gives the file's key. The stream then stands at the payload.</summary>
    /// <exception cref="AgeException">It is no age file, it was altered, or none of the keys opens it.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, AgeKey key, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        if (await LineAsync(stream, cancellationToken).ConfigureAwait(false) is var first && first != Version)
            throw new AgeException("it is not encrypted with age, or with a newer version of it");
        head.Append(first).Append('\n');
        byte[]? fileKey = null;
        var kinds = new List<string>();
        while (await LineAsync(stream, cancellationToken).ConfigureAwait(false) is var line)
        {
            if (line.StartsWith("--- ", StringComparison.Ordinal))
            {
                head.Append("---");
                if (fileKey is null)
                    throw new AgeException($"the {key} does not open it; it is encrypted for: {string.Join(", ", kinds)}");
                return CryptographicOperations.FixedTimeEquals(Mac(fileKey, head.ToString()), Bytes(line[4..]))
                    ? fileKey
                    : throw new AgeException("its head was altered");
            }

            if (!line.StartsWith("-> ", StringComparison.Ordinal) || head.Length > MaxBytes)
                throw new AgeException("its head is damaged");
            head.Append(line).Append('\n');
            var body = new StringBuilder();
            string part;
            do
            {
                part = await LineAsync(stream, cancellationToken).ConfigureAwait(false);
                head.Append(part).Append('\n');
                body.Append(part);
            } while (part.Length == 64);
            var arguments = line[3..].Split(' ');
            kinds.Add(arguments[0]);
            fileKey ??= Unwrap(arguments, Bytes(body.ToString()), key);
        }

        throw new AgeException("its head is damaged");
    }

    private static (string Arguments, byte[] Body) Wrap(byte[] recipient, byte[] fileKey)
    {
        var (secret, share, shared) = (RandomNumberGenerator.GetBytes(32), new byte[32], new byte[32]);
        X25519.ScalarMultBase(secret, 0, share, 0);
        if (!X25519.CalculateAgreement(secret, 0, recipient, 0, shared, 0))
            throw new AgeException("the recipient is not a usable key");
        return ($"X25519 {Base64(share)}", Seal(Derive(shared, [.. share, .. recipient], X25519Label), fileKey));
    }

    private static (string Arguments, byte[] Body) Wrap(string passphrase, byte[] fileKey)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return ($"scrypt {Base64(salt)} {ScryptWork}", Seal(Stretch(passphrase, salt, ScryptWork), fileKey));
    }

    private static byte[]? Unwrap(string[] arguments, byte[] body, AgeKey key)
    {
        if (body.Length != FileKeyBytes + 16)
            return null;
        switch (arguments)
        {
            case ["X25519", var text] when key.Identity is { } identity:
                var (share, mine, shared) = (Bytes(text), new byte[32], new byte[32]);
                if (share.Length != 32)
                    return null;
                X25519.ScalarMultBase(identity, 0, mine, 0);
                return X25519.CalculateAgreement(identity, 0, share, 0, shared, 0)
                    ? Open(Derive(shared, [.. share, .. mine], X25519Label), body)
                    : null;
            case ["scrypt", var salt, var work] when key.Passphrase is { } passphrase:
                if (!int.TryParse(work, out var log) || log is < 1 or > MaxScryptWork)
                    throw new AgeException(
                        "its passphrase takes more than 256 MiB of memory to check, which is not done here; open it with age -d first"
                    );
                return Open(Stretch(passphrase, Bytes(salt), log), body);
            default:
                return null;
        }
    }

    private static byte[] Stretch(string passphrase, byte[] salt, int work) =>
        SCrypt.Generate(Encoding.UTF8.GetBytes(passphrase), [.. Encoding.ASCII.GetBytes(ScryptLabel), .. salt], 1 << work, 8, 1, 32);

    private static byte[] Derive(byte[] secret, byte[] salt, string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt, Encoding.ASCII.GetBytes(label));

    private static byte[] Mac(byte[] fileKey, string head) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, [], "header"u8.ToArray()), Encoding.ASCII.GetBytes(head));

    private static byte[] Seal(byte[] key, byte[] text)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var sealedText = new byte[text.Length + 16];
        cipher.Encrypt(new byte[12], text, sealedText.AsSpan(0, text.Length), sealedText.AsSpan(text.Length));
        return sealedText;
    }

    private static byte[]? Open(byte[] key, byte[] sealedText)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var text = new byte[sealedText.Length - 16];
        try
        {
            cipher.Decrypt(new byte[12], sealedText.AsSpan(0, text.Length), sealedText.AsSpan(text.Length), text);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 1024)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
                break;
            if (one[0] == '\n')
                return line.ToString();
            line.Append((char)one[0]);
        }

        throw new AgeException("it is not encrypted with age, or it is damaged");
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException damaged)
        {
            throw new AgeException("its head is damaged", damaged);
        }
    }
}
