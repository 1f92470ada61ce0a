using Kops.Api.Documents;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Preparation;

/// <summary>
/// The control plane's kubelet has the settings of the nodes' and its own on top, before either gets a default (kOps: SpecBuilder).
/// </summary>
internal static class KubeletInheritance
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Kubelet is not { } kubelet)
            return;
        var merged = (MappingNode)kubelet.Node.Clone();
        if (context.Spec.MasterKubelet is { } own)
            JsonMerge.Lay(own.Node, merged);
        context.Spec.MasterKubelet = new(merged);
    }
}
