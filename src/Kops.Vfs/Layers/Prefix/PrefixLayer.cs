using System.Runtime.CompilerServices;
using System.Text;

namespace Kops.Vfs.Layers.Prefix;

/// <summary>
/// A part of a store, seen as a store of its own. Disposing it leaves the whole store open: that belongs to somebody else.
/// </summary>
public sealed class PrefixLayer : StoreLayer
{
    private readonly string _prefix;

    /// <summary>Wraps a driver.</summary>
    /// <param name="inner">The whole store.</param>
    /// <param name="prefix">Where the part begins; a final <c>/ </c> is added where there is none, so <c>a/b </c> never touches <c>a/bc
    /// </c>. </param>
    public PrefixLayer(IStoreDriver inner, string prefix)
        : base(inner)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        _prefix = ObjectKey.AsPrefix(prefix);
        if (ObjectKey.Validate(_prefix[..^1]) is { } problem)
            throw new ArgumentException(problem, nameof(prefix));
    }

    /// <inheritdoc/>
    public override StoreCapabilities Capabilities =>
        Inner.Capabilities.MaxKeyBytes is { } max
            ? Inner.Capabilities with
            {
                MaxKeyBytes = max - Encoding.UTF8.GetByteCount(_prefix),
            }
            : Inner.Capabilities;

    /// <inheritdoc/>
    public override async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        await Inner.StatAsync(_prefix + key, cancellationToken).ConfigureAwait(false) is { } info ? info with { Key = key } : null;

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        await Inner.OpenReadAsync(_prefix + key, cancellationToken).ConfigureAwait(false) is { } reader
            ? new ObjectReader(reader.Info with { Key = key }, reader.Content)
            : null;

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => Inner.PutAsync(_prefix + key, body, condition, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        Inner.DeleteAsync(_prefix + key, condition, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => base.CopyAsync(_prefix + source, _prefix + target, condition, cancellationToken);

    /// <inheritdoc/>
    public override CopyPlace Place => base.Place with { Prefix = base.Place.Prefix + _prefix };

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => base.CopyFromAsync(from, source, _prefix + target, condition, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var entry in Inner.ListAsync(_prefix + prefix, depth, cancellationToken).ConfigureAwait(false))
        {
            var key = entry.Key[_prefix.Length..];
            yield return new ListEntry(key, entry.Object is { } info ? info with { Key = key } : null);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => base.DeleteBatchAsync([.. keys.Select(key => _prefix + key)], cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<StoredVersion> ListVersionsAsync(
        string key,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var version in base.ListVersionsAsync(_prefix + key, cancellationToken).ConfigureAwait(false))
            yield return version with
            {
                Object = version.Object is { } info ? info with { Key = key } : null,
            };
    }

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        await base.OpenVersionAsync(_prefix + key, versionId, cancellationToken).ConfigureAwait(false) is { } reader
            ? new ObjectReader(reader.Info with { Key = key }, reader.Content)
            : null;

    /// <inheritdoc/>
    public override ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        base.DeleteAllVersionsAsync(_prefix + key, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
