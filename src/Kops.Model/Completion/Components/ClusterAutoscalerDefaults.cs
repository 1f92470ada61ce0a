using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>What adds and removes machines, where it is asked for.</summary>
internal static class ClusterAutoscalerDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.ClusterAutoscaler is not { Enabled: true } autoscaler)
            return;
        autoscaler.AwsUseStaticInstanceList ??= false;
        autoscaler.BalanceSimilarNodeGroups ??= false;
        autoscaler.EmitPerNodegroupMetrics ??= false;
        autoscaler.Expander ??= "random";
        if (autoscaler.Expander == "priority")
            autoscaler.CreatePriorityExpanderConfig = true;
        autoscaler.IgnoreDaemonSetsUtilization ??= false;
        autoscaler.Image ??= ComponentVersions.ClusterAutoscaler(context.Kubernetes);
        autoscaler.MaxNodeProvisionTime ??= "15m0s";
        autoscaler.NewPodScaleUpDelay ??= "0s";
        autoscaler.ScaleDownDelayAfterAdd ??= "10m0s";
        autoscaler.ScaleDownUnneededTime ??= "10m0s";
        autoscaler.ScaleDownUnreadyTime ??= "20m0s";
        autoscaler.ScaleDownUtilizationThreshold ??= "0.5";
        autoscaler.SkipNodesWithCustomControllerPods ??= true;
        autoscaler.SkipNodesWithLocalStorage ??= true;
        autoscaler.SkipNodesWithSystemPods ??= true;
    }
}
