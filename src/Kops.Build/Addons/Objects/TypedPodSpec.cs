using System.Collections.Frozen;
using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Addons.Objects;

/// <summary>
/// The spec of a pod as kOps writes it once it has read it into Kubernetes' own types: without what is null or empty, and with the fields
/// that are always written.
/// </summary>
internal static class TypedPodSpec
{
    // Truths and numbers that Go leaves out when they are false or 0. The others are pointers, and stay.
    private static readonly FrozenSet<string> LeftOutWhenZero = FrozenSet.ToFrozenSet(
        [
            "failureThreshold",
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "hostPort",
            "initialDelaySeconds",
            "nodePort",
            "periodSeconds",
            "readOnly",
            "stdin",
            "stdinOnce",
            "successThreshold",
            "timeoutSeconds",
            "tty",
        ],
        StringComparer.Ordinal
    );

    // Objects of Kubernetes that mean something although they are empty.
    private static readonly FrozenSet<string> KeptWhenEmpty = FrozenSet.ToFrozenSet(
        ["affinity", "emptyDir", "labelSelector", "podAffinity", "podAntiAffinity", "resources", "securityContext"],
        StringComparer.Ordinal
    );

    public static MappingNode Of(MappingNode spec)
    {
        var typed = Map(spec);
        foreach (var container in Containers(typed))
        {
            if (container["resources"] is null)
                container["resources"] = new MappingNode();
        }

        return typed;
    }

    public static IEnumerable<MappingNode> Containers(MappingNode spec, bool withInit = true) =>
        (spec["containers"] as SequenceNode ?? [])
            .Concat<Node>(withInit ? spec["initContainers"] as SequenceNode ?? [] : [])
            .OfType<MappingNode>();

    private static MappingNode Map(MappingNode map)
    {
        var typed = new MappingNode();
        foreach (var (name, value) in map)
            typed[name] = Kept(name, value);
        return typed;
    }

    private static Node? Kept(string name, Node value) =>
        value switch
        {
            ScalarNode { Kind: ScalarKind.Null } => null,
            // The type of a path on the machine is a pointer.
            ScalarNode { Kind: ScalarKind.Text, Text: "" } when name != "type" => null,
            ScalarNode { Text: "false" or "0", Kind: ScalarKind.Boolean or ScalarKind.Integer } when LeftOutWhenZero.Contains(name) => null,
            SequenceNode { Count: 0 } => null,
            SequenceNode list => Tree.List(list.Select(item => item is MappingNode map ? Map(map) : item.Clone())),
            MappingNode map => Map(map) is var kept && (kept.Count > 0 || KeptWhenEmpty.Contains(name)) ? kept : null,
            _ => value.Clone(),
        };
}
