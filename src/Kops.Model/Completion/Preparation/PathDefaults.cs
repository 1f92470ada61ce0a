using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Preparation;

/// <summary>Where keys and secrets lie: below the cluster's configBase.</summary>
internal static class PathDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.ConfigBase?.TrimEnd('/') is not { } root)
            return;
        context.Spec.KeyStore ??= root + "/pki";
        context.Spec.SecretStore ??= root + "/secrets";
    }
}
