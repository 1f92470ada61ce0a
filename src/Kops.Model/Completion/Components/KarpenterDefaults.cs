using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>Karpenter, where it is asked for.</summary>
internal static class KarpenterDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Karpenter is not { Enabled: true } karpenter)
            return;
        karpenter.CpuRequest ??= "500m";
        karpenter.Image ??= ComponentVersions.Karpenter;
        karpenter.LogEncoding ??= "console";
        karpenter.LogLevel ??= "debug";
        karpenter.MemoryLimit ??= "1Gi";
        karpenter.MemoryRequest ??= "1Gi";
    }
}
