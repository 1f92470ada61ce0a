using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>Karpenter, where the cluster speaks of it, be it off.</summary>
internal static class KarpenterDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Karpenter is not { } karpenter)
            return;
        karpenter.Image ??= ComponentVersions.Karpenter;
        karpenter.LogEncoding ??= "console";
        karpenter.LogLevel ??= "debug";
    }
}
