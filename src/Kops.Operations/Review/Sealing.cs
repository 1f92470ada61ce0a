using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Review;

namespace Kops.Operations.Review;

/// <summary>For whom keys and secrets are sealed: those who are named, else those of the last time.</summary>
/// <param name="Recipients">Recipients of age.</param>
/// <param name="Key">The directory's own key, which a key management service opens; null for none.</param>
/// <param name="Keys">All of them.</param>
internal sealed record Sealing(IReadOnlyList<string> Recipients, SealingKey? Key, IReadOnlyList<AgeKey> Keys)
{
    /// <summary>What <see cref="SealingKey.FileName"/> has to hold; null where what it holds stays.</summary>
    public ReadOnlyMemory<byte>? KeyFile { get; private init; }

    /// <summary>
    /// Finds out. Only where a key was never used here, or its file is not what it was, a new one is made, and the service asked to encrypt
    /// it. Nothing is written.
    /// </summary>
    /// <exception cref="OperationException">A recipient is none, or nobody else could open what is sealed here.</exception>
    public static async Task<Sealing> PrepareAsync(
        ReviewDirectory directory,
        PullRecord? record,
        PullRequest request,
        CancellationToken cancellationToken
    )
    {
        var recipients = request.Recipients is { Count: > 0 } named ? named : record?.Recipients ?? [];
        var keys = ToKeys(recipients);
        var (asked, kept) = (request.Key, record?.SealingKey);
        if (asked is PullRequest.NoKey && kept is not null && recipients.Count == 0)
            throw OperationException.InvalidRequest(
                $"--kms-key={PullRequest.NoKey}: nobody else could open what is sealed here; name somebody with --recipient, too"
            );
        if ((asked ?? kept?.Key) is not { } key || key is PullRequest.NoKey)
            return new(recipients, null, keys);
        if (kept?.Key == key && directory.Read(SealingKey.FileName) is { } file && ReviewDirectory.Digest(file) == kept.Digest)
            return new(recipients, kept, [.. ToKeys([kept.Recipient]), .. keys]);
        if (request.Encrypt is not { } encrypt)
            throw OperationException.InvalidRequest($"nobody can encrypt with {key} here: give a way to");

        using var identity = AgeIdentity.Create();
        var encrypted = await encrypt(key, identity.Text, cancellationToken).ConfigureAwait(false);
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
            throw OperationException.InvalidRequest(wrong.Message);
        }
    }
}
