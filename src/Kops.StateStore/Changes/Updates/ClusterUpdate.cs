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
        TimeProvider clock,
        int keyBits,
        CancellationToken cancellationToken
    )
    {
        var builder = new ChangeSetBuilder(state.Layout, title).Require(state.Cluster.File);
        foreach (var group in state.InstanceGroups)
            builder.Require(group.File);
        var present = FanOut.SelectAsync(content.Files, (file, token) => StoredFile.ReadAsync(file.Path, token), cancellationToken);
        var keysets = MissingKeysetsAsync(state.Layout, content.Keysets, clock, keyBits, cancellationToken);
        var tokens = MissingTokensAsync(state.Layout, content.Tokens, cancellationToken);
        var obsolete = content.RemoveObsolete
            ? ObsoleteAsync(state.Layout, content.Files, cancellationToken)
            : Task.FromResult<IReadOnlyList<StoredFile>>([]);
        await Task.WhenAll(present, keysets, tokens, obsolete).ConfigureAwait(false);
        foreach (var (file, read) in content.Files.Zip(await present.ConfigureAwait(false)))
            builder.Write(read, file.Content, file.Secrecy);
        foreach (var (name, make) in await keysets.ConfigureAwait(false))
            builder.Create(StoredFile.Absent(state.Layout.Keyset(name)), () => KeysetFile.Encode(make()));
        foreach (var name in await tokens.ConfigureAwait(false))
            builder.Create(
                StoredFile.Absent(state.Layout.Secret(name)),
                static () => SecretFile.Encode(System.Text.Encoding.ASCII.GetBytes(RandomToken.Create()))
            );
        foreach (var file in await obsolete.ConfigureAwait(false))
            builder.Delete(file);
        return builder.Build();
    }

    // A plan makes no keys: it holds how they are made.
    private static async Task<IReadOnlyList<(string Name, Func<ClusterKeyset> Make)>> MissingKeysetsAsync(
        ClusterLayout layout,
        IReadOnlyList<string> wanted,
        TimeProvider clock,
        int keyBits,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Count == 0)
            return [];
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in layout.Keysets.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            there.Add(entry.Path.ToString());
        var missing = wanted.Where(name => !there.Contains(layout.Keyset(name).ToString())).ToArray();
        var reader = new KeysetReader(layout);
        return await FanOut
            .SelectAsync(
                missing,
                async (name, token) =>
                {
                    // One that stands under its old name is written under the new one, as kOps does.
                    var legacy = there.Count > 0 ? await reader.FindAsync(name, token).ConfigureAwait(false) : null;
                    return (
                        name,
                        (Func<ClusterKeyset>)(() => legacy?.Keyset ?? SelfSignedAuthority.Create(name, clock.GetUtcNow(), keyBits))
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);
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
        IReadOnlyList<ManagedFile> wanted,
        CancellationToken cancellationToken
    )
    {
        var kept = wanted.Select(file => file.Path.ToString()).ToHashSet(StringComparer.Ordinal);
        var obsolete = new List<VfsPath>();
        foreach (var directory in new[] { layout.Addons, layout.Manifests, layout.NodeConfigs })
        {
            await foreach (var entry in directory.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!kept.Contains(entry.Path.ToString()))
                    obsolete.Add(entry.Path);
            }
        }

        return await FanOut.SelectAsync(obsolete, StoredFile.ReadAsync, cancellationToken).ConfigureAwait(false);
    }
}
