namespace Kops.StateStore.Bundles.Age;

/// <summary>
/// What opens an encrypted file, or may open it: an age recipient (to encrypt), an age identity (to decrypt), or a passphrase (both).
/// </summary>
public sealed class AgeKey
{
    private AgeKey(byte[]? recipient, byte[]? identity, string? passphrase) =>
        (Recipient, Identity, Passphrase) = (recipient, identity, passphrase);

    internal byte[]? Recipient { get; }

    internal byte[]? Identity { get; }

    internal string? Passphrase { get; }

    /// <summary>A recipient, <c>age1...</c>, as <c>age-keygen</c> prints it.</summary>
    /// <exception cref="AgeException">It is none.</exception>
    public static AgeKey FromRecipient(string text) =>
        Bech32.Decode("age", text) is { Length: 32 } key
            ? new AgeKey(key, null, null)
            : throw new AgeException($"'{text}' is not an age recipient: one starts with age1 and has 62 characters");

    /// <summary>An identity, <c>AGE-SECRET-KEY-1...</c>. The message of an error does not repeat it.</summary>
    /// <exception cref="AgeException">It is none.</exception>
    public static AgeKey FromIdentity(string text) =>
        Bech32.Decode("age-secret-key-", text) is { Length: 32 } key
            ? new AgeKey(null, key, null)
            : throw new AgeException("an age identity is one line that starts with AGE-SECRET-KEY-1");

    /// <summary>A passphrase.</summary>
    public static AgeKey FromPassphrase(string text) => new(null, null, text);

    /// <inheritdoc/>
    public override string ToString() =>
        Recipient is not null ? "age recipient"
        : Identity is not null ? "age identity"
        : "passphrase";
}
