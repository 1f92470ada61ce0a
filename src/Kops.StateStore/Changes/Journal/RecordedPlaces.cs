using Kops.Api;
using Kops.Api.Codec;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Finds the files of a record: in the cluster's directory, and in the places that the cluster's own spec names. The spec is the one that
/// the change was computed from, which the journal keeps, or the one that stands in the store.
/// </summary>
internal sealed class RecordedPlaces(VfsPath root, StoreRegistry stores, KeptContents kept)
{
    /// <summary>Where each file of a record lies, in their order; null for one that no record may reach.</summary>
    public async Task<IReadOnlyList<VfsPath?>> FindAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var layout = await LayoutAsync(record, cancellationToken).ConfigureAwait(false);
        var reached = await layout.ReachAsync(cancellationToken).ConfigureAwait(false);
        if (record.MadeIn is not null)
            reached = await WithoutLeftAsync(reached, record.Cluster, cancellationToken).ConfigureAwait(false);
        return [.. record.Files.Select(file => reached.GetValueOrDefault(file.Address.Place)?.Join(file.Address.Key))];
    }

    /// <summary>
    /// Of a record that came along from another store: the places in this one, and those where the cluster keeps files still. What it left
    /// behind elsewhere is no longer its own.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, VfsPath>> WithoutLeftAsync(
        IReadOnlyDictionary<string, VfsPath> reached,
        string cluster,
        CancellationToken cancellationToken
    )
    {
        var config = ClusterLayout.For(root, cluster, null, stores).Config;
        var now = await StoredFile.ReadAsync(config, cancellationToken).ConfigureAwait(false);
        var present = LayoutOf(cluster, now.Content).PlacesThatOpen().Select(place => place.Path).ToArray();
        return reached
            .Where(place => place.Value.RelativeTo(root) is not null || present.Any(place.Value.IsSamePlace))
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Where files lie that a change may write beforehand (<see cref="ChangeRecord.Streams"/>).</summary>
    public IReadOnlyList<VfsPath> StreamedTo(string cluster)
    {
        var kops = new KopsDirectory(root);
        return [root.Join(cluster), kops.HistoryOf(cluster), kops.ObjectsOf(cluster), kops.AppliedOf(cluster)];
    }

    /// <summary>The layout that a record's places are those of.</summary>
    public async Task<ClusterLayout> LayoutAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var plain = ClusterLayout.For(root, record.Cluster, null, stores);
        if (record.Files.All(file => file.Address.Place is FileAddress.Registry or FileAddress.Applied))
            return plain;
        return await LayoutOfSpecAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The layout by the cluster's spec, also where the record has no file in the places that it names.</summary>
    public async Task<ClusterLayout> LayoutOfSpecAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var plain = ClusterLayout.For(root, record.Cluster, null, stores);
        var config = record.Files.FirstOrDefault(file => file.Address is { Place: FileAddress.Registry, Key: "config" });
        var content = config is null
            ? (await StoredFile.ReadAsync(plain.Config, cancellationToken).ConfigureAwait(false)).Content
            : await kept.FindAsync(record.Cluster, config.BeforeSha256 ?? config.AfterSha256, cancellationToken).ConfigureAwait(false);
        return LayoutOf(record.Cluster, content);
    }

    /// <summary>The layout by a Cluster object; kOps' defaults where there is none that can be read.</summary>
    private ClusterLayout LayoutOf(string cluster, ReadOnlyMemory<byte>? config)
    {
        var plain = ClusterLayout.For(root, cluster, null, stores);
        if (config is not { } bytes)
            return plain;
        try
        {
            var value = KopsCodec.DecodeStored<Cluster>(bytes, plain.Config.ToString()).Value;
            return ClusterLayout.For(root, cluster, value, stores);
        }
        catch (InvalidObjectException)
        {
            return plain;
        }
    }
}
