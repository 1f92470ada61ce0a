using Kops.Api;
using Kops.Api.Paths;
using Kops.Api.Validation;
using Kops.Model.Clouds;

namespace Kops.Model.NewCluster;

/// <summary>
/// Plans a new cluster from flags, a channel and cloud facts: what <c>create cluster</c> would store. Pure: equal requests give equal
/// clusters.
/// </summary>
public static class ClusterPlanner
{
    /// <summary>What must be asked of the cloud before the cluster can be planned; null when nothing must.</summary>
    /// <exception cref="Flags.InvalidFlagException">The flags do not tell the cloud.</exception>
    public static CloudQuestions? Questions(NewClusterRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return NewClusterQuestions.Of(request, CloudChoice.Choose(request));
    }

    /// <summary>Plans the cluster and its instance groups.</summary>
    /// <exception cref="Flags.InvalidFlagException">Flags that cannot be; the message names the flag.</exception>
    /// <exception cref="InvalidObjectException">A field that <c>--set </c> or <c>--unset </c> names does not exist, or cannot have the
    /// value.</exception>
    public static NewClusterResult Plan(NewClusterRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        FlagChecks.Check(request);
        var draft = new ClusterDraft(request, CloudChoice.Choose(request));

        NameSetup.Apply(draft);
        VersionSetup.Apply(draft);
        AccessSetup.Apply(draft);
        FeatureGateSetup.Apply(draft);
        CloudSetup.Apply(draft);
        IdentitySetup.Apply(draft);

        ZoneSetup.Apply(draft);
        NetworkingSetup.Apply(draft);
        DnsSetup.Apply(draft);
        TopologySetup.Apply(draft);

        ControlPlaneSetup.Apply(draft);
        EtcdSetup.Apply(draft);
        ApiServerSetup.Apply(draft);
        NodeSetup.Apply(draft);
        BastionSetup.Apply(draft);
        ApiSetup.Apply(draft);
        MachineSetup.Apply(draft);
        GroupFlagSetup.Apply(draft);
        ClusterFlagSetup.Apply(draft);

        // What the user sets by path is there before addresses are chosen, so that they fit it.
        FieldSetter.Apply(draft.Cluster.Node, draft.Cluster.Type, request.Flags.Unsets ?? [], request.Flags.Sets ?? []);
        Assignments.Apply(draft.Cluster, draft.Cloud, draft.Facts);
        // kOps makes such a cluster, and refuses each change of it.
        draft.Warnings.AddRange(
            ClusterValidator
                .ValidateUpdate(draft.Cluster, draft.Cluster, isApplied: false)
                .Select(problem => $"{problem.Path}: {problem.Message}; the cluster cannot be changed with it")
        );
        return new(draft.Cluster, draft.Groups, draft.Warnings);
    }
}
