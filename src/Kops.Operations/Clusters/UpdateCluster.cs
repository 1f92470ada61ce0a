using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Model;
using Kops.Model.Completion;
using Kops.Model.Updates;
using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Clusters;

/// <summary>Completes a cluster's spec and writes what follows from it, with missing keys.</summary>
public static class UpdateCluster
{
    /// <summary>Plans it, as one change that holds only while the cluster stands as it was read.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="allowKopsDowngrade">Whether to go on although a newer kOps updated the cluster last.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Instance groups cannot be read, or a newer kOps updated the cluster.</exception>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        bool allowKopsDowngrade = false,
        CancellationToken cancellationToken = default
    )
    {
        var wanted = await WantAsync(session, state, allowKopsDowngrade, cancellationToken).ConfigureAwait(false);
        return await session.State.PlanUpdateAsync(state, wanted.Content, session.Title, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What follows from a cluster that may be updated, whatever it is written into.</summary>
    internal static async Task<WantedUpdate> WantAsync(
        ClusterSession session,
        ClusterState state,
        bool allowKopsDowngrade,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        session.CheckIsNoCopy(state);
        if (state.Unreadable.Count > 0)
            throw OperationException.Failed($"cluster \"{state.Name}\" cannot be updated while instance groups of it cannot be read");
        Validity.Check(session, state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)]);
        if (!allowKopsDowngrade)
            await CheckVersionAsync(session, state, cancellationToken).ConfigureAwait(false);
        var request = await CompletionAsync(session, state, cancellationToken).ConfigureAwait(false);
        var completed = Complete(session, state, request);
        return new(
            completed,
            request.Facts,
            new UpdateContent
            {
                Files =
                [
                    new ManagedFile(state.Layout.CompletedSpec, KopsCodec.Encode(completed)),
                    new ManagedFile(state.Layout.KopsVersion, Encoding.UTF8.GetBytes(Versions.Kops)),
                ],
                Keysets = ClusterKeys.KeysetsOf(completed),
                Tokens = ClusterKeys.Tokens,
            }
        );
    }

    private static async Task CheckVersionAsync(ClusterSession session, ClusterState state, CancellationToken cancellationToken)
    {
        var file = await StoredFile.ReadAsync(state.Layout.KopsVersion, cancellationToken).ConfigureAwait(false);
        if (!file.Exists)
            return;
        try
        {
            if (KopsDowngrade.IsOne(file.Text))
                throw OperationException.Failed(
                    $"cluster \"{state.Name}\" was last updated by kOps {file.Text.Trim()}, and this program works as kOps "
                        + $"{Versions.Kops}, which is older; --allow-kops-downgrade goes on"
                );
            if (KopsDowngrade.IsRise(file.Text))
                session.Tell(new KopsVersionRises(state.Name, file.Text.Trim(), Versions.Kops));
        }
        catch (FormatException unreadable)
        {
            throw OperationException.Failed(
                $"{file.Path}: {unreadable.Message}, so that nobody can tell which kOps updated cluster \"{state.Name}\" last; "
                    + $"--allow-kops-downgrade goes on and writes it anew",
                unreadable
            );
        }
    }

    private static async Task<CompletionRequest> CompletionAsync(
        ClusterSession session,
        ClusterState state,
        CancellationToken cancellationToken
    )
    {
        var request = new CompletionRequest(
            state.Cluster.Value,
            [.. state.InstanceGroups.Select(group => group.Value)],
            session.Knowledge.Facts()
        );
        return request with
        {
            Facts = await session
                .Knowledge.AnswerAsync(request.Facts, ClusterCompleter.Questions(request), cancellationToken)
                .ConfigureAwait(false),
        };
    }

    private static Cluster Complete(ClusterSession session, ClusterState state, CompletionRequest request)
    {
        try
        {
            var completed = ClusterCompleter.Complete(request);
            // What was filled in has to be right as well: a load balancer of the class that an old file leaves out, for one.
            Validity.Check(session, completed, request.Groups);
            return completed;
        }
        catch (FormatException malformed)
        {
            throw OperationException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }
}
