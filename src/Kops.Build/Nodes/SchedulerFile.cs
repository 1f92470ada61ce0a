using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>The scheduler's configuration: the user's object if he gives one, with what the cluster's spec says of its client.</summary>
internal static class SchedulerFile
{
    public const string Kind = "KubeSchedulerConfiguration";

    private const string Folder = "/var/lib/kube-scheduler";

    public static Node Of(GroupContext group) =>
        Tree.Map(("content", Tree.Text(Content(group))), ("path", Tree.Text($"{Folder}/config.yaml")));

    private static string Content(GroupContext group)
    {
        var configuration = Given(group);
        var client = configuration.Ensure("clientConnection");
        client["kubeconfig"] = ScalarNode.Of($"{Folder}/kubeconfig");
        // What the user says in the cluster's spec, where the completed one has it no more.
        var scheduler = (group.Cluster.Request.Described ?? group.Cluster.Request.Cluster).Spec.KubeScheduler?.Node;
        if (Tree.TextAt(scheduler, "qps") is { } qps)
            client["qps"] = Number(qps);
        if (Tree.Copy(scheduler, "burst") is { } burst)
            client["burst"] = burst;
        return YamlWriter.Write(configuration);
    }

    private static MappingNode Given(GroupContext group)
    {
        var given = group.Cluster.Request.Objects.Where(value => Tree.TextAt(value, "kind") == Kind).ToList();
        return given.Count switch
        {
            0 => Tree.Map(("apiVersion", Tree.Text("kubescheduler.config.k8s.io/v1")), ("kind", Tree.Text(Kind))),
            1 => (MappingNode)given[0].Clone(),
            _ => throw new FormatException($"there are {given.Count} objects of kind {Kind}; the scheduler takes one"),
        };
    }

    // A quantity in the spec, a number in the file.
    private static ScalarNode Number(string quantity)
    {
        var isMilli = quantity.EndsWith('m');
        var number = decimal.Parse(isMilli ? quantity[..^1] : quantity, System.Globalization.CultureInfo.InvariantCulture);
        if (isMilli)
            number /= 1000;
        return decimal.IsInteger(number)
            ? ScalarNode.Of((long)number)
            : new ScalarNode(ScalarKind.Float, number.ToString("0.#########", System.Globalization.CultureInfo.InvariantCulture));
    }
}
