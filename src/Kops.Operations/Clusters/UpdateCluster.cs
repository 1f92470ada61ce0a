using Kops.Api;
using Kops.Build;
using Kops.Operations.Events;
using Kops.Operations.Updates;
using Kops.Operations.Validation;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
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
        var recorded = StoredFile.ReadAsync(Recorded(state), cancellationToken);
        var wanted = await WantAsync(session, state, options ?? new UpdateOptions(), cancellationToken).ConfigureAwait(false);
        var changes = await ClusterStore.PlanUpdateAsync(state, wanted.Content, session.Title, cancellationToken).ConfigureAwait(false);
        var edits = GroupEdits.Since(await recorded.ConfigureAwait(false), state);
        return new UpdatePlan(state, changes, edits ?? [])
        {
            NewKeysets = [.. wanted.Inputs.Keysets.Where(keyset => keyset.Found is null).Select(keyset => keyset.Name)],
            Gaps = wanted.Files.Gaps,
            NodesKeep = wanted.Inputs.Request.NodeVersion,
            RecordsGroups = edits is not [],
        };
    }

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
                [state.Layout.KopsVersion, state.Layout.CompletedSpec, .. BootedVersions.Places(state)],
                StoredFile.ReadAsync,
                cancellationToken
            )
            .ConfigureAwait(false);
        var applied = UpdateGuards.Applied(read[1]);
        var nodeVersion = UpdateGuards.NodeVersion(state, BootedVersions.Of(read.Skip(2), applied), options);
        UpdateGuards.CheckKops(session, state, read[0], options);
        UpdateGuards.CheckChange(state, applied, nodeVersion, options);
        try
        {
            var inputs = await UpdateInputs.GatherAsync(session, state, options, nodeVersion, cancellationToken).ConfigureAwait(false);
            var files = ClusterFiles.Of(inputs.Request);
            return new WantedUpdate(inputs, files, Content(state, inputs, files, read));
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }

    /// <summary>Carries it out: all of it or nothing.</summary>
    /// <returns>Whether there were files to change.</returns>
    /// <exception cref="ChangeConflictException">Others changed the same files.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<bool> ApplyAsync(ClusterSession session, UpdatePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        var hasChanged = await session.ApplyAsync(plan.Changes, cancellationToken).ConfigureAwait(false);
        if (plan.RecordsGroups)
            await RecordGroupsAsync(session, plan, cancellationToken).ConfigureAwait(false);
        return hasChanged;
    }

    private static async Task RecordGroupsAsync(ClusterSession session, UpdatePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await Recorded(plan.State)
                .WriteAsync(GroupEdits.Encode(plan.State), WriteCondition.Any, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreException unwritten)
        {
            session.Tell(
                new Advice(EventLevel.MinorWarning, $"what is edited next in instance groups cannot be told: {unwritten.Message}")
            );
        }
    }

    private static VfsPath Recorded(ClusterState state) => new KopsDirectory(state.Layout.Root).Applied(state.Name);

    private static UpdateContent Content(ClusterState state, UpdateInputs inputs, ClusterFiles files, IReadOnlyList<StoredFile> alreadyRead)
    {
        // Keys are made once, and all that follows from them with them.
        var final = new Lazy<ClusterFiles>(() => ClusterFiles.Of(inputs.Request with { Keysets = KeysetFacts.Final(inputs.Keysets) }));
        var secrets = SecretVariables.In(inputs.Request.Variables);
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
                Read = alreadyRead.FirstOrDefault(read => read.Path.ToString() == path.ToString()),
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
