using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Completion.Components;
using Kops.Model.Completion.Context;
using Kops.Model.Completion.Networking;

namespace Kops.Model.Completion;

/// <summary>
/// Completes a cluster: every default that its machines rely on becomes explicit, as in <c>cluster-completed.spec</c>. What the user
/// set is kept, but for the few fields that kOps does not let anyone change (paths, ports, log levels). Completing twice is the same as
/// completing once.
/// </summary>
public static class ClusterCompleter
{
    // Each fills in its own part; a later one may read what an earlier one set.
    private static readonly Action<CompletionContext>[] Steps =
    [
        VersionDefaults.Apply,
        PathDefaults.Apply,
        DnsDefaults.Apply,
        AddressDefaults.Apply,
        EtcdDefaults.Apply,
        ContainerdDefaults.Apply,
        CloudDefaults.Apply,
        CloudControllerDefaults.Apply,
        ApiServerDefaults.Apply,
        ControllerManagerDefaults.Apply,
        SchedulerDefaults.Apply,
        KubeProxyDefaults.Apply,
        CoreDnsDefaults.Apply,
        KubeletDefaults.Apply,
        CalicoDefaults.Apply,
        CiliumDefaults.Apply,
        KindnetDefaults.Apply,
        NodeTerminationHandlerDefaults.Apply,
        NodeProblemDetectorDefaults.Apply,
        ClusterAutoscalerDefaults.Apply,
        KarpenterDefaults.Apply,
    ];

    /// <summary>What must be asked of the cloud before the cluster can be completed; null when nothing must.</summary>
    /// <exception cref="FormatException">The cluster names no cloud.</exception>
    public static CloudQuestions? Questions(CompletionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cloud = CloudProfiles.Of(request.Cluster);
        return CloudQuestions.Of(request.Cluster.Spec, cloud, request.Facts.Of(cloud.Name));
    }

    /// <summary>The completed cluster.</summary>
    /// <exception cref="FormatException">The Kubernetes version, or an address range, is not one.</exception>
    /// <exception cref="Flags.InvalidFlagException">Subnets without an address range, and no room for them in the network's.</exception>
    public static Cluster Complete(CompletionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cluster = new Cluster((MappingNode)request.Cluster.Node.Clone());
        SpecDefaults.Apply(cluster, request.Groups);
        var context = new CompletionContext(cluster, request.Facts);
        NewCluster.Assignments.Apply(cluster, context.Cloud, context.Facts);
        foreach (var step in Steps)
            step(context);
        return cluster;
    }
}
