using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Templates.Faults;

namespace Kops.Build.Addons.Functions;

/// <summary>The command line of a cloud's own controller, by what the spec says of it.</summary>
internal static class CloudControllerFlags
{
    private static readonly (string Flag, string[] Field)[] Flags =
    [
        ("allocate-node-cidrs", ["allocateNodeCIDRs"]),
        ("allow-untagged-cloud", ["allowUntaggedCloud"]),
        ("cidr-allocator-type", ["cidrAllocatorType"]),
        ("cloud-provider", ["cloudProvider"]),
        ("cluster-cidr", ["clusterCIDR"]),
        ("cluster-name", ["clusterName"]),
        ("concurrent-node-syncs", ["concurrentNodeSyncs"]),
        ("configure-cloud-routes", ["configureCloudRoutes"]),
        ("controllers", ["controllers"]),
        ("enable-leader-migration", ["enableLeaderMigration"]),
        ("leader-elect", ["leaderElection", "leaderElect"]),
        ("leader-elect-lease-duration", ["leaderElection", "leaderElectLeaseDuration"]),
        ("leader-elect-renew-deadline", ["leaderElection", "leaderElectRenewDeadlineDuration"]),
        ("leader-elect-resource-lock", ["leaderElection", "leaderElectResourceLock"]),
        ("leader-elect-resource-name", ["leaderElection", "leaderElectResourceName"]),
        ("leader-elect-resource-namespace", ["leaderElection", "leaderElectResourceNamespace"]),
        ("leader-elect-retry-period", ["leaderElection", "leaderElectRetryPeriod"]),
        ("master", ["master"]),
        ("node-status-update-frequency", ["nodeStatusUpdateFrequency"]),
        ("use-service-account-credentials", ["useServiceAccountCredentials"]),
        ("v", ["logLevel"]),
    ];

    public static IEnumerable<string> Of(BuildContext context)
    {
        if (Tree.Find(context.Internal, "cloudControllerManager") is not MappingNode config)
            throw new FunctionException("spec.cloudControllerManager is missing");
        foreach (var argument in Flags.Select(flag => Argument(flag.Flag, Tree.Find(config, flag.Field))).OfType<string>())
            yield return argument;
        if (Tree.TextAt(config, "logLevel") is null or "0")
            yield return "--v=2";
        if (Tree.TextAt(config, "cloudProvider") is null or "")
            yield return $"--cloud-provider={context.Cloud.Name}";
        if (Tree.Find(config, "useServiceAccountCredentials") is null)
            yield return "--use-service-account-credentials=true";
        if (context.Cloud.Name is not ("hetzner" or "azure"))
            yield return "--cloud-config=/etc/kubernetes/cloud.config";
    }

    private static string? Argument(string flag, Node? value) =>
        value switch
        {
            SequenceNode { Count: > 0 } list => $"--{flag}={string.Join(',', list.Select(item => item.ToString()))}",
            ScalarNode { Text: not ("" or "0") } scalar => $"--{flag}={scalar.Text}",
            _ => null,
        };
}
