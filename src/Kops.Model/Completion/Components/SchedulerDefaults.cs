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
        // One that is set in part says all that it is to say.
        scheduler.LeaderElection ??= new() { LeaderElect = true };
    }
}
