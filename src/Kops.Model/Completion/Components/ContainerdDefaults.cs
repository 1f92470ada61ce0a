using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The container runtime.</summary>
internal static class ContainerdDefaults
{
    public static void Apply(CompletionContext context)
    {
        var containerd = context.Spec.EnsureContainerd();
        containerd.LogLevel = "info";
        containerd.SandboxImage ??= context.Image(ComponentVersions.Pause);
        // The two are released as a pair: whoever chooses containerd brings the runc for it.
        if (containerd.Version is null)
        {
            containerd.Version = ComponentVersions.Containerd;
            containerd.EnsureRunc().Version = ComponentVersions.Runc;
        }

        // What runsc does by itself.
        if (containerd.Gvisor is { Enabled: true } gvisor)
            gvisor.Platform ??= "systrap";
        if (containerd.NvidiaGPU is not { Enabled: true } nvidia)
            return;
        nvidia.Package ??= ComponentVersions.NvidiaDriver;
        nvidia.Image ??= ComponentVersions.NvidiaPlugin;
    }
}
