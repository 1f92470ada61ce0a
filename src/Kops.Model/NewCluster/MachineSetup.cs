using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>What the user left open of each group: image, machine type, subnets.</summary>
internal static class MachineSetup
{
    // kOps 1.37: these cannot run on dedicated hardware.
    private static readonly string[] SharedHardwareOnly = ["t2.nano", "t2.micro", "t2.small", "t2.medium", "t2.large", "t2.xlarge"];

    public static void Apply(ClusterDraft draft)
    {
        foreach (var group in draft.Groups)
        {
            var role = Groups.RoleOf(group);
            group.Spec.Image = Image(draft, group, role);
            group.Spec.MachineType ??= MachineType(draft, group, role);
            if (group.Spec.Subnets.Count == 0)
                group.Spec.Subnets.Set(Subnets(draft));
            CheckTenancy(draft, group, role);
        }
    }

    // The image is chosen before a default machine type, so that it is amd64 then, as kOps has it.
    private static string Image(ClusterDraft draft, InstanceGroup group, MachineRole role)
    {
        var given = role switch
        {
            MachineRole.ControlPlane => draft.Flags.ControlPlaneImage,
            MachineRole.Node => draft.Flags.NodeImage,
            MachineRole.Bastion => draft.Flags.BastionImage,
            _ => null,
        };
        if ((Given(given) ?? Given(draft.Flags.Image)) is { } image)
            return image;
        var architecture = draft.Facts.ArchitectureOf(draft.Cloud, group.Spec.MachineType);
        if (architecture == "amd64" && group.Spec.MachineType is { } type && draft.Cloud.IsArm(type))
            draft.Warnings.Add(
                $"{group.Metadata.Name}: {type} machines are arm64, and images on {draft.Cloud.Name} are chosen for amd64: name one "
                    + $"with --image"
            );
        return draft.Request.Channel.FindImage(draft.Cloud.Name, architecture, draft.Kubernetes)
            ?? CloudImages.For(draft.Cloud, draft.Kubernetes)
            ?? throw new InvalidFlagException(
                "image",
                $"--image is needed: the channel '{draft.Spec.Channel}' has no image for {architecture} machines on {draft.Cloud.Name} "
                    + $"with Kubernetes {draft.Spec.KubernetesVersion}"
            );
    }

    private static string? MachineType(ClusterDraft draft, InstanceGroup group, MachineRole role)
    {
        // Karpenter chooses machine types itself.
        if (group.Spec.Manager == "Karpenter")
            return null;
        if (draft.Facts.DefaultMachineTypes.TryGetValue(role, out var known) || draft.Cloud.MachineTypes.TryGetValue(role, out known))
            return known;
        if (!draft.Cloud.NeedsMachineTypes)
        {
            if (draft.Cloud.MachineTypes.Count > 0)
                draft.Warnings.Add(
                    $"{group.Metadata.Name}: there is no default machine type on {draft.Cloud.Name}: set spec.machineType with 'kops "
                        + $"edit ig'"
                );
            return null;
        }

        var flag = role switch
        {
            MachineRole.ControlPlane => "control-plane-size",
            MachineRole.ApiServer => "api-server-size",
            _ => "node-size",
        };
        throw new InvalidFlagException(
            flag,
            $"--{flag} is needed: which machine types {draft.Cloud.Name} has is not known here (a file that KOPS_CLOUD_FACTS names can "
                + $"tell)"
        );
    }

    private static List<string> Subnets(ClusterDraft draft)
    {
        List<string> plain = [.. Names("DualStack", "Utility")];
        return plain.Count > 0 ? plain : [.. Names("Utility")];

        IEnumerable<string> Names(params string[] except) =>
            draft.Spec.Subnets.Where(subnet => !except.Contains(subnet.Type)).Select(subnet => subnet.Name!);
    }

    private static void CheckTenancy(ClusterDraft draft, InstanceGroup group, MachineRole role)
    {
        var (flag, tenancy) = role switch
        {
            MachineRole.ControlPlane => ("control-plane-tenancy", draft.Flags.ControlPlaneTenancy),
            MachineRole.Node => ("node-tenancy", draft.Flags.NodeTenancy),
            _ => (string.Empty, null),
        };
        if (tenancy is null or "" or "default")
            return;
        if (draft.Cloud.Name != "aws")
            draft.Warnings.Add($"--{flag} means nothing on {draft.Cloud.Name}");
        else if (SharedHardwareOnly.Contains(group.Spec.MachineType))
            throw new InvalidFlagException(
                flag,
                $"--{flag} {tenancy}: {group.Spec.MachineType} cannot run on dedicated hardware: choose another machine type"
            );
    }
}
