using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Networking;

/// <summary>Calico: how packets travel between machines.</summary>
internal static class CalicoDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Networking?.Calico is not { } calico)
            return;
        // IPv6 packets travel as they are; Azure's network drops IP in IP.
        calico.EncapsulationMode ??=
            context.IsIPv6Only ? "none"
            : context.Cloud.Name == "azure" ? "vxlan"
            : "ipip";
    }
}
