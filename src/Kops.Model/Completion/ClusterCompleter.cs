using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Completion.Components;
using Kops.Model.Completion.Context;
using Kops.Model.Completion.Networking;
using Kops.Model.Completion.Preparation;

namespace Kops.Model.Completion;

/// <summary>
/// Completes a cluster: every default that its machines rely on becomes explicit, as in <c>cluster-completed.spec</c>. Defaults are
/// written first and the user's spec is laid over them, in passes until nothing changes any more (kOps: OptionsLoader), so that what
/// the user set wins whatever a default is; <see cref="ForcedValues"/> are the few fields where it does not. Completing twice is the
/// same as completing once.
/// </summary>
public static class ClusterCompleter
{
    // kOps gives up after as many. Each pass hands on what the one before found out.
    private const int MostPasses = 10;

    // What kOps takes for the user's own from then on.
    private static readonly Action<CompletionContext>[] Preparation =
    [
        VersionDefaults.Apply,
        PathDefaults.Apply,
        DnsDefaults.Apply,
        AddressDefaults.Apply,
        KubeletInheritance.Apply,
    ];

    // Each writes the defaults of its own part; a later one may read what an earlier one wrote.
    private static readonly Action<CompletionContext>[] Defaults =
    [
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
    /// <exception cref="Flags.InvalidFlagException">Subnets without an address range, and no room for them in the network's; a DNS zone
    /// that nobody names and that is not known.</exception>
    public static Cluster Complete(CompletionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var user = Prepare(request);
        var completed = user;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var next = Pass(user, completed, request);
            if (Node.DeepEquals(next.Node, completed.Node))
                return completed;
            completed = next;
        }

        throw new FormatException($"the defaults of cluster '{request.Cluster.Metadata.Name}' depend on each other without end");
    }

    private static Cluster Prepare(CompletionRequest request)
    {
        var cluster = Copy(request.Cluster);
        KnownFields.Keep(cluster);
        SpecDefaults.Apply(cluster, request.Groups);
        var context = new CompletionContext(cluster, request.Facts);
        NewCluster.Assignments.Apply(cluster, context.Cloud, context.Facts);
        foreach (var step in Preparation)
            step(context);
        return cluster;
    }

    private static Cluster Pass(Cluster user, Cluster completed, CompletionRequest request)
    {
        var context = new CompletionContext(Copy(completed), request.Facts);
        foreach (var step in Defaults)
            step(context);
        JsonMerge.Lay(user.Node, context.Cluster.Node);
        ForcedValues.Apply(context.Cluster);
        return context.Cluster;
    }

    private static Cluster Copy(Cluster cluster) => new((MappingNode)cluster.Node.Clone());
}
