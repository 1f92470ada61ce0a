using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Keysets;
using Kops.StateStore.Layout;
using Kops.StateStore.Secrets;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Updates;

/// <summary>
/// Plans <c>update cluster</c>: what differs is written, what is missing is made, what is there is kept. The whole is conditional on the
/// cluster and
/// its instance groups as they were read, since everything is computed from them.
/// </summary>
internal static class ClusterUpdate
{
    public static async Task<ChangeSet> PlanAsync(
        ClusterState state,
        UpdateContent content,
        string title,
        CancellationToken cancellationToken
    )
    {
        var builder = new ChangeSetBuilder(state.Layout, title).Require(state.Cluster.File);
        foreach (var group in state.InstanceGroups)
            builder.Require(group.File);
        var present = FanOut.SelectAsync(content.Files, ReadAsync, cancellationToken);
        var tokens = MissingTokensAsync(state.Layout, content.Tokens, cancellationToken);
        var obsolete = content.RemoveObsolete
            ? ObsoleteAsync(state.Layout, content, cancellationToken)
            : Task.FromResult<IReadOnlyList<StoredFile>>([]);
        await Task.WhenAll(present, tokens, obsolete).ConfigureAwait(false);
        foreach (var (file, read) in content.Files.Zip(await present.ConfigureAwait(false)))
            Write(builder, read, file);
        foreach (var keyset in content.Keysets.Where(keyset => keyset.IsWritten))
            builder.Create(StoredFile.Absent(state.Layout.Keyset(keyset.Name)), () => KeysetFile.Encode(keyset.Keyset));
        foreach (var name in await tokens.ConfigureAwait(false))
            builder.Create(
                StoredFile.Absent(state.Layout.Secret(name)),
                static () => SecretFile.Encode(System.Text.Encoding.ASCII.GetBytes(RandomToken.Create()))
            );
        foreach (var file in await obsolete.ConfigureAwait(false))
            builder.Delete(file);
        return builder.Build();
    }

    private static ValueTask<StoredFile> ReadAsync(ManagedFile file, CancellationToken cancellationToken) =>
        file.Read is { } read ? ValueTask.FromResult(read) : StoredFile.ReadAsync(file.Path, cancellationToken);

    private static void Write(ChangeSetBuilder builder, StoredFile read, ManagedFile file)
    {
        if (file.Final is { } final)
            builder.Write(read, final, file.Content);
        else
            builder.Write(read, file.Content, file.Secrecy);
    }

    private static async Task<IReadOnlyList<string>> MissingTokensAsync(
        ClusterLayout layout,
        IReadOnlyList<string> wanted,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Count == 0)
            return [];
        var there = await new SecretReader(layout).ListNamesAsync(cancellationToken).ConfigureAwait(false);
        return [.. wanted.Except(there, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<StoredFile>> ObsoleteAsync(
        ClusterLayout layout,
        UpdateContent content,
        CancellationToken cancellationToken
    )
    {
        var wanted = content.Files.Select(file => file.Path.ToString()).ToHashSet(StringComparer.Ordinal);
        var obsolete = new List<VfsPath>();
        foreach (var directory in new[] { layout.Manifests, layout.NodeConfigs })
        {
            await foreach (var entry in directory.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!wanted.Contains(entry.Path.ToString()) && !content.Kept.Any(kept => IsWithin(entry.Path, kept)))
                    obsolete.Add(entry.Path);
            }
        }

        return await FanOut.SelectAsync(obsolete, StoredFile.ReadAsync, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsWithin(VfsPath path, VfsPath place) => path.IsSamePlace(place) || path.RelativeTo(place) is not null;
}
