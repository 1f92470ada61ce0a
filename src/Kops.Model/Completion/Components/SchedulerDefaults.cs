using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes scheduler.</summary>
internal static class SchedulerDefaults
{
    public static void Apply(CompletionContext context)
    {
        var scheduler = context.Spec.EnsureKubeScheduler();
        scheduler.Image ??= context.KubernetesImage("kube-scheduler");
        scheduler.LogLevel ??= 2;
        scheduler.EnsureLeaderElection().LeaderElect ??= true;
    }
}
