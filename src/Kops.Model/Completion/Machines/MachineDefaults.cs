using Kops.Api.Clouds;
using Kops.Model.Channels;
using Kops.Model.Clouds;

namespace Kops.Model.Completion.Machines;

/// <summary>How many machines of which type, and what they boot.</summary>
internal static class MachineDefaults
{
    public static void Apply(GroupContext context, Channel channel)
    {
        var spec = context.Spec;
        spec.Manager ??= "CloudGroup";
        // Karpenter chooses machines itself, and how many.
        if (!context.IsKarpenters)
        {
            var size = context.Role is MachineRole.ControlPlane or MachineRole.Bastion ? 1 : 2;
            spec.MinSize ??= size;
            spec.MaxSize ??= size;
            spec.MachineType ??=
                context.Facts.DefaultMachineTypes.TryGetValue(context.Role, out var known)
                || context.Cloud.MachineTypes.TryGetValue(context.Role, out known)
                    ? known
                    : null;
        }

        spec.Image ??= Image(context, channel);
    }

    private static string Image(GroupContext context, Channel channel)
    {
        var architecture = context.Facts.ArchitectureOf(context.Cloud, context.Spec.MachineType);
        var kubernetes = Versions.ParseKubernetes(context.Cluster.KubernetesVersion);
        return channel.FindImage(context.Cloud.Name, architecture, kubernetes)
            ?? CloudImages.For(context.Cloud, kubernetes)
            ?? throw new FormatException(
                $"instance group '{context.Name}': the channel '{context.Cluster.Channel}' has no image for {architecture} machines on "
                    + $"{context.Cloud.Name}: set spec.image"
            );
    }
}
