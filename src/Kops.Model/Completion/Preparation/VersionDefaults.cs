using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Preparation;

/// <summary>The Kubernetes version without the <c>v</c> that users may write.</summary>
internal static class VersionDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.KubernetesVersion is { } version && version.StartsWith('v'))
            context.Spec.KubernetesVersion = version[1..];
    }
}
