using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Review;

namespace Kops.Cli.Commands.State;

/// <summary>For whom keys and secrets are sealed: those who are named, else those of the last time.</summary>
/// <param name="Recipients">Recipients of age.</param>
/// <param name="Key">The directory's own key, which a key management service opens; null for none.</param>
/// <param name="Keys">All of them.</param>
internal sealed record Sealing(IReadOnlyList<string> Recipients, SealingKey? Key, IReadOnlyList<AgeKey> Keys)
{
    private const string None = "none";

    /// <summary>The flag for a key of a key management service.</summary>
    public static Flag KmsKey { get; } =
        Flag.Text("kms-key", $"Seal for this key of AWS KMS, too: its ARN, or that of an alias; '{None}' ends that");

    /// <summary>What <see cref="SealingKey.FileName"/> has to hold; null where what it holds stays.</summary>
    public ReadOnlyMemory<byte>? KeyFile { get; private init; }

    /// <summary>
    /// Finds out. Only where a key was never used here, or its file is not what it was, a new one is made, and the service asked to encrypt
    /// it. Nothing is written.
    /// </summary>
    public static async Task<Sealing> PrepareAsync(
        Invocation run,
        ReviewDirectory directory,
        PullRecord? record,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<string> recipients = run.Flags.List("recipient") is { Count: > 0 } named ? named : record?.Recipients ?? [];
        var keys = ToKeys(recipients);
        var (asked, kept) = (run.Flags.Text("kms-key"), record?.SealingKey);
        if (asked is None && kept is not null && recipients.Count == 0)
            throw CommandException.Usage(
                $"--kms-key={None}: nobody else could open what is sealed here; name somebody with --recipient, too"
            );
        if ((asked ?? kept?.Key) is not { } key || key is None)
            return new(recipients, null, keys);
        if (kept?.Key == key && directory.Read(SealingKey.FileName) is { } file && ReviewDirectory.Digest(file) == kept.Digest)
            return new(recipients, kept, [.. ToKeys([kept.Recipient]), .. keys]);

        using var identity = AgeIdentity.Create();
        var encrypted = await CloudKeys.EncryptAsync(run, key, identity.Text, cancellationToken);
        return new(
            recipients,
            new SealingKey(key, identity.Recipient, ReviewDirectory.Digest(encrypted)),
            [.. ToKeys([identity.Recipient]), .. keys]
        )
        {
            KeyFile = encrypted,
        };
    }

    private static List<AgeKey> ToKeys(IReadOnlyList<string> recipients)
    {
        try
        {
            return [.. recipients.Select(AgeKey.FromRecipient)];
        }
        catch (AgeException wrong)
        {
            throw CommandException.Usage(wrong.Message);
        }
    }
}
