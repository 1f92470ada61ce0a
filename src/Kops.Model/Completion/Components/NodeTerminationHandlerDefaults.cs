using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>What drains machines of AWS before they go.</summary>
internal static class NodeTerminationHandlerDefaults
{
    public static void Apply(CompletionContext context)
    {
        // Karpenter drains its machines itself.
        if (context.Cloud.Name != "aws" || (context.Spec.NodeTerminationHandler is null && context.Spec.Karpenter?.Enabled == true))
            return;
        var handler = context.Spec.EnsureNodeTerminationHandler();
        handler.Enabled ??= true;
        if (handler.Enabled != true)
            return;
        handler.CpuRequest ??= "50m";
        handler.DeleteSQSMsgIfNodeNotFound ??= false;
        handler.EnableOutOfServiceTaint ??= false;
        handler.EnableRebalanceDraining ??= false;
        handler.EnableRebalanceMonitoring ??= false;
        handler.EnableScheduledEventDraining ??= true;
        handler.EnableSpotInterruptionDraining ??= true;
        handler.ExcludeFromLoadBalancers ??= true;
        handler.ManagedASGTag ??= "aws-node-termination-handler/managed";
        handler.MemoryRequest ??= "64Mi";
        handler.PodTerminationGracePeriod ??= -1;
        handler.PrometheusEnable ??= false;
        handler.TaintNode ??= false;
        handler.Version ??= ComponentVersions.NodeTerminationHandler;
    }
}
