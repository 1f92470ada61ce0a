using Kops.Api;
using Kops.Build;
using Kops.Operations.Updates;
using Kops.Operations.Validation;
using Kops.Resources;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.Operations.Clusters;

/// <summary>Completes a cluster's spec and writes what follows from it: all that its machines boot from, with missing keys.</summary>
public static class UpdateCluster
{
    /// <summary>Plans it, as one change that holds only while the cluster stands as it was read. Nothing is written, no key made.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="options">What it may do that it does not do by itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Instance groups cannot be read, a guard refuses it, or something is missing.</exception>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<UpdatePlan> PlanAsync(
        ClusterSession session,
        ClusterState state,
        UpdateOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        options ??= new UpdateOptions();
        var wanted = await WantAsync(session, state, options, cancellationToken).ConfigureAwait(false);
        var changes = await ClusterStore.PlanUpdateAsync(state, wanted.Content, session.Title, cancellationToken).ConfigureAwait(false);
        return new UpdatePlan(state, changes, wanted.Edits ?? [], wanted.Addons)
        {
            KnowsEdits = wanted.Edits is not null || !wanted.IsApplied,
            NewKeysets = [.. wanted.Inputs.Keysets.Where(keyset => keyset.Found is null).Select(keyset => keyset.Name)],
            Undone = [.. Clouds(wanted.Completed.Spec.CloudProvider), .. wanted.Undone],
            NodesKeep = wanted.Inputs.Request.NodeVersion,
        };
    }

    // Metal is nobody's cloud.
    private static IEnumerable<string> Clouds(string? cloud) =>
        cloud switch
        {
            "metal" => [],
            not null when ResourceModel.KnownClouds.Contains(cloud) => ["cloud resources: --target terraform writes what makes them"],
            _ => [$"cloud resources: kOps makes them, this program none on {cloud}"],
        };

    /// <summary>What follows from a cluster that may be updated, whatever it is written into.</summary>
    internal static async Task<WantedUpdate> WantAsync(
        ClusterSession session,
        ClusterState state,
        UpdateOptions options,
        CancellationToken cancellationToken
    )
    {
        session.CheckIsNoCopy(state);
        if (state.Unreadable.Count > 0)
            throw OperationException.Failed($"cluster \"{state.Name}\" cannot be updated while instance groups of it cannot be read");
        Validity.Check(session, state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)]);
        var read = await FanOut
            .SelectAsync(
                [state.Layout.KopsVersion, state.Layout.CompletedSpec, state.Layout.AppliedGroups, .. BootedVersions.Places(state)],
                StoredFile.ReadAsync,
                cancellationToken
            )
            .ConfigureAwait(false);
        var applied = UpdateGuards.Applied(read[1]);
        var nodeVersion = UpdateGuards.NodeVersion(state, BootedVersions.Of(read.Skip(3), applied), options);
        // What stands there of an earlier cluster of that name says nothing of this one.
        var edits = read[1].Exists ? GroupEdits.Since(read[2], state) : null;
        UpdateGuards.CheckKops(session, state, read[0], options);
        UpdateGuards.CheckChange(state, applied, nodeVersion, options);
        try
        {
            var inputs = await UpdateInputs.GatherAsync(session, state, options, nodeVersion, cancellationToken).ConfigureAwait(false);
            var files = ClusterFiles.Of(inputs.Request);
            // Keys are made once, and all that follows from them with them.
            var final = new Lazy<ClusterFiles>(() =>
                inputs.LacksKeys ? ClusterFiles.Of(inputs.Request with { Keysets = KeysetFacts.Final(inputs.Keysets) }) : files
            );
            var content = Content(state, inputs, files, final, [.. read, .. inputs.ReadAddons]);
            if (edits is not [])
                content = content with { Files = [.. content.Files, GroupRecord(state, read[2])] };
            var addons = new UpdateAddons(files, options);
            addons.Tell(session.Tell);
            return new WantedUpdate(inputs, files, final, content)
            {
                Addons = addons,
                Edits = edits,
                IsApplied = read[1].Exists,
            };
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }

    /// <summary>Carries it out: all of it or nothing.</summary>
    /// <returns>Whether there were files to change.</returns>
    /// <exception cref="OperationException">Manifests of addons are missing, and nobody said to go on without them.</exception>
    /// <exception cref="ChangeConflictException">Others changed the same files.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<bool> ApplyAsync(ClusterSession session, UpdatePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Changes.IsEmpty)
            plan.Addons.Check(plan.Changes.Cluster);
        return await session.ApplyAsync(plan.Changes, cancellationToken).ConfigureAwait(false);
    }

    private static ManagedFile GroupRecord(ClusterState state, StoredFile read) =>
        new(state.Layout.AppliedGroups, GroupEdits.Encode(state)) { Read = read };

    private static UpdateContent Content(
        ClusterState state,
        UpdateInputs inputs,
        ClusterFiles files,
        Lazy<ClusterFiles> final,
        IReadOnlyList<StoredFile> alreadyRead
    )
    {
        var read = alreadyRead.DistinctBy(file => file.Path.ToString()).ToDictionary(file => file.Path.ToString(), StringComparer.Ordinal);
        var secrets = HandedOnSecrets.In(inputs.Request);
        return new UpdateContent
        {
            Files = [.. files.Files.Select(Managed)],
            Keysets = inputs.Keysets,
            Tokens = ClusterFiles.Tokens,
            RemoveObsolete = true,
            Kept = [.. Kept(state, files)],
        };

        ManagedFile Managed(WantedFile file)
        {
            var path = FilePlaces.Of(state.Layout, file);
            return new ManagedFile(path, file.Content, secrets.AreIn(file.Content) ? FileSecrecy.Sensitive : FileSecrecy.Plain)
            {
                Read = read.GetValueOrDefault(path.ToString()),
                Final = inputs.LacksKeys ? new(() => final.Value.Find(file.Role, file.Name).Content) : null,
            };
        }
    }

    // What this program cannot make where another can.
    private static IEnumerable<VfsPath> Kept(ClusterState state, ClusterFiles files)
    {
        if (files.Files.All(file => file.Role != FileRole.EtcdManifest))
            yield return state.Layout.EtcdManifests;
    }
}
