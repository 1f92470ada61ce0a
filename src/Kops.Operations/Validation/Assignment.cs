using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Operations.Validation;

/// <summary>
/// Fills in what is chosen once for a cluster and then stays in its file, asking the cloud where nothing else tells: so a subnet that is
/// added later renumbers none.
/// </summary>
internal static class Assignment
{
    /// <summary>The cluster with what it left open; what it says is kept.</summary>
    /// <param name="session">The work.</param>
    /// <param name="cluster">The cluster; it is not changed.</param>
    /// <param name="groups">Its groups, as far as they are known.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidObjectException">The cluster may not be like that, or something cannot be chosen.</exception>
    public static async Task<Cluster> CompleteAsync(
        ClusterSession session,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        CancellationToken cancellationToken
    )
    {
        var assigned = new Cluster((MappingNode)cluster.Node.Clone());
        try
        {
            var request = new CompletionRequest(cluster, groups, session.Knowledge.Facts());
            var facts = await session
                .Knowledge.AnswerAsync(request.Facts, ClusterCompleter.Questions(request), cancellationToken)
                .ConfigureAwait(false);
            ClusterAssigner.Assign(assigned, facts, await ChannelAsync(session, cluster, cancellationToken).ConfigureAwait(false));
            return assigned;
        }
        catch (Exception unchosen) when (unchosen is FormatException or InvalidFlagException)
        {
            // What is wrong with the cluster itself says more than what follows from it.
            Validity.Check(session, cluster);
            throw new InvalidObjectException($"cluster {cluster.Metadata.Name}", [new Problem(string.Empty, unchosen.Message)]);
        }
    }

    // Only a cluster without a version wants to know what its channel recommends.
    private static async Task<Channel?> ChannelAsync(ClusterSession session, Cluster cluster, CancellationToken cancellationToken) =>
        cluster.Spec.KubernetesVersion is { Length: > 0 }
            ? null
            : await session
                .Knowledge.FindChannelAsync(cluster.Spec.Channel ?? Channel.DefaultName, cancellationToken)
                .ConfigureAwait(false);
}
