using Kops.Api;
using Kops.Api.Codec;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Operations.Events;
using Kops.Operations.Objects;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Clusters;

/// <summary>Makes a new cluster of what is asked for.</summary>
public static class CreateCluster
{
    /// <summary>Makes the objects, asking the cloud what they leave open, and checks them. Nothing is stored.</summary>
    /// <param name="session">The work.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidFlagException">Something cannot be what is asked for.</exception>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<DescribedCluster> DescribeAsync(
        ClusterSession session,
        CreateClusterRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        var (flags, knowledge) = (request.Flags, session.Knowledge);
        var channel = await knowledge.FindChannelAsync(flags.Channel ?? Channel.DefaultName, cancellationToken).ConfigureAwait(false);
        var known = new NewClusterRequest(request.Name, session.State.Root.ToString(), flags, channel, knowledge.Facts(), session.Features)
        {
            AzureSubscription = request.AzureSubscription,
            Tokens = request.Tokens,
        };
        known = known with
        {
            Facts = await knowledge.AnswerAsync(known.Facts, ClusterPlanner.Questions(known), cancellationToken).ConfigureAwait(false),
        };
        var planned = ClusterPlanner.Plan(known);
        foreach (var warning in planned.Warnings)
            session.Tell(new Advice(EventLevel.Warning, warning));
        Validity.Check(session, planned.Cluster, planned.InstanceGroups, flags);
        await Validity.CheckPlacesAsync(session, planned.Cluster, cancellationToken).ConfigureAwait(false);
        var layout = session.State.LayoutOf(request.Name, planned.Cluster);
        return new DescribedCluster(planned.Cluster, planned.InstanceGroups, layout)
        {
            Flags = flags,
            // An earlier cluster of that name may have left one.
            FlagFile = await FlagRecord.ReadAsync(layout, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Plans to store it. That none of its name is there is checked when the change is applied, by the store.</summary>
    /// <param name="session">The work.</param>
    /// <param name="described">The cluster.</param>
    /// <param name="sshPublicKey">A public key that may log in; null for none.</param>
    /// <param name="additionalObjects">Addons of one's own.</param>
    public static ChangeSet Plan(
        ClusterSession session,
        DescribedCluster described,
        ReadOnlyMemory<byte>? sshPublicKey = null,
        IReadOnlyList<ApiDocument>? additionalObjects = null
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(described);
        var planner = session
            .State.Change(described.Layout, session.Title)
            .CreateCluster(described.Cluster)
            .KeepFlags(described.FlagFile, SaidFlags.Values(described.Flags), described.Cluster, described.InstanceGroups)
            .WriteFile(StoredFile.Absent(described.Layout.AdditionalObjects), AdditionalObjects.ToFile(additionalObjects ?? []));
        foreach (var group in described.InstanceGroups)
            planner.CreateInstanceGroup(group);
        if (sshPublicKey is { } key)
            planner.AddSshKey(key);
        return planner.Build();
    }
}
