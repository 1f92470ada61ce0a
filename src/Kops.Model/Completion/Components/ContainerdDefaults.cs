namespace Kops.Model.Completion.Components;

/// <summary>The container runtime.</summary>
internal static class ContainerdDefaults
{
    public static void Apply(CompletionContext context)
    {
        var containerd = context.Spec.EnsureContainerd();
        containerd.LogLevel ??= "info";
        containerd.SandboxImage ??= context.Image(ComponentVersions.Pause);
        containerd.Version ??= ComponentVersions.Containerd;
        containerd.EnsureRunc().Version ??= ComponentVersions.Runc;
        if (containerd.NvidiaGPU is not { Enabled: true } nvidia) return;
        nvidia.Package ??= ComponentVersions.NvidiaDriver;
        nvidia.Image ??= ComponentVersions.NvidiaPlugin;
    }
}
