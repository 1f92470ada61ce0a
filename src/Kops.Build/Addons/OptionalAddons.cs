using System.Text;
using Kops.Api.Yaml;
using Kops.Build.Input;
using Kops.Build.Trees;
using static Kops.Build.Addons.ClusterAddons;

namespace Kops.Build.Addons;

/// <summary>The addons that a cluster's user switches on.</summary>
internal static class OptionalAddons
{
    private const string SchedulerKind = "KubeSchedulerConfiguration";

    public static IEnumerable<Addon> Of(BuildContext context)
    {
        var spec = context.Spec;
        var isAws = context.Cloud.Name == "aws";
        if (spec.ClusterAutoscaler?.Enabled == true)
            yield return Named("cluster-autoscaler", "k8s-1.15");
        if (spec.MetricsServer?.Enabled == true)
            yield return Named("metrics-server", "k8s-1.11") with
            {
                Selector = ("k8s-app", "metrics-server"),
                NeedsPki = spec.MetricsServer.Insecure != true,
            };
        if (spec.CertManager is { Enabled: true } certificates && certificates.Managed != false)
            yield return new Addon("certmanager.io", "k8s-1.16") { Selector = null, Prunes = true };
        if (isAws && spec.NodeTerminationHandler?.Enabled == true)
            yield return new Addon("node-termination-handler.aws", "k8s-1.11") { Prunes = true };
        if (spec.NodeProblemDetector?.Enabled == true)
            yield return Named("node-problem-detector", "k8s-1.17") with
            {
                Prunes = true,
            };
        if (spec.Containerd?.NvidiaGPU?.Enabled == true || AnyGroup(context, group => group.Spec.Containerd?.NvidiaGPU?.Enabled == true))
            yield return Named("nvidia", "k8s-1.16");
        if (AnyGroup(context, group => group.Spec.Containerd?.Gvisor?.Enabled == true))
            yield return Named("gvisor", "k8s-1.20");
        if (isAws && spec.AwsLoadBalancerController?.Enabled == true)
            yield return Named("aws-load-balancer-controller", UsesServiceAccounts(context) ? "k8s-1.19-irsa" : "k8s-1.19") with
            {
                Prunes = true,
                NeedsPki = true,
            };
        if (isAws && spec.PodIdentityWebhook?.Enabled == true)
            yield return Named("eks-pod-identity-webhook", "k8s-1.16") with
            {
                NeedsPki = true,
            };
    }

    public static IEnumerable<Addon> Last(BuildContext context)
    {
        if (context.Spec.SnapshotController?.Enabled == true)
            yield return Named("snapshot-controller", "k8s-1.20") with
            {
                NeedsPki = true,
            };
        if (context.Spec.Karpenter?.Enabled == true)
            yield return new Addon("karpenter.sh", "k8s-1.19")
            {
                Prunes = true,
                OwnKinds = [("karpenter.k8s.aws", "EC2NodeClass"), ("karpenter.sh", "NodePool")],
            };
        var own = context.Request.Objects.Where(value => Tree.TextAt(value, "kind") != SchedulerKind).ToList();
        if (own.Count > 0)
            yield return new Addon("cluster-addons.kops.k8s.io", null)
            {
                File = "default",
                KnownBody = Encoding.UTF8.GetBytes(string.Join("\n---\n\n", own.Select(YamlWriter.Write)).Trim()),
            };
    }

    private static bool UsesServiceAccounts(BuildContext context) => context.Spec.Iam?.UseServiceAccountExternalPermissions == true;

    private static bool AnyGroup(BuildContext context, Func<Kops.Api.InstanceGroup, bool> condition) =>
        context.Request.Groups.Any(condition);
}
