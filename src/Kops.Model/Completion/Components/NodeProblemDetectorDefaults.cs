using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>What reports machines that are in trouble, where it is asked for.</summary>
internal static class NodeProblemDetectorDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.NodeProblemDetector is not { Enabled: true } detector)
            return;
        detector.CpuRequest ??= "20m";
        detector.Image ??= ComponentVersions.NodeProblemDetector;
        detector.MemoryLimit ??= "100Mi";
        detector.MemoryRequest ??= "100Mi";
    }
}
