using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Addons.Spec;
using Kops.Build.Input;
using Kops.Model;
using Kops.Templates.Functions;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Build.Addons.Functions;

/// <summary>What the cluster is called, where it runs, and which of its features are on.</summary>
internal static class ClusterFunctions
{
    public static void AddTo(FunctionTable table, BuildContext context)
    {
        var spec = context.Spec;
        table
            .Add("ClusterName", () => context.Name)
            .Add("GetCloudProvider", () => context.Cloud.Name)
            .Add("Region", () => context.Region ?? string.Empty)
            .Add("APIInternalName", () => $"api.internal.{context.Name}")
            .Add("IsIPv6Only", () => context.IsIPv6Only)
            .Add("IsControlPlaneMode", () => spec.Karpenter?.Enabled == true)
            .Add("UseServiceAccountExternalPermissions", () => context.UsesServiceAccountRoles)
            .Add("ContainerdSELinuxEnabled", () => spec.Containerd?.SelinuxEnabled == true)
            .Add("HasSnapshotController", () => spec.SnapshotController?.Enabled == true)
            .Add("KopsFeatureEnabled", [Text], call => context.Request.Features.IsOn(call.Text(0)))
            .Add("IsKubernetesGTE", [Text], call => IsAtLeast(context, call.Text(0)))
            .Add("IsKubernetesLT", [Text], call => !IsAtLeast(context, call.Text(0)))
            .Add("KopsVersion", () => context.Request.Release)
            .Add("KopsVersionImageTag", () => context.Request.Release.Replace('+', '-'))
            .Add("KopsVersionForLabel", () => "v" + context.Request.Release.Replace('+', '-'))
            .Add("ControlPlaneControllerReplicas", [Bool], _ => ControlPlanes(context) > 1 ? 2 : 1)
            .Add("APIServerNodeRole", () => "node-role.kubernetes.io/" + (context.HasApiServerNodes ? "api-server" : "control-plane"))
            .Add("KubeDNS", () => SpecValues.Object(context.Internal["kubeDNS"] as MappingNode, "KubeDNSConfig"));
    }

    private static int ControlPlanes(BuildContext context) =>
        context.Request.Groups.Count(group => MachineRoles.Of(group) == MachineRole.ControlPlane);

    // Versions that are tried out count as the one that they lead to.
    private static bool IsAtLeast(BuildContext context, string version) =>
        context.Kubernetes.WithoutPrereleaseOrMetadata().ComparePrecedenceTo(Versions.ParseKubernetes(version)) >= 0;
}
