namespace Kops.Model.Completion.Networking;

/// <summary>kindnet.</summary>
internal static class KindnetDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Networking?.Kindnet is not { } kindnet) return;
        kindnet.Version ??= ComponentVersions.Kindnet;
        kindnet.FastPathThreshold ??= 0;
        kindnet.LogLevel ??= 2;
        kindnet.EnsureMasquerade().Enabled ??= !context.IsIPv6Only;
    }
}
