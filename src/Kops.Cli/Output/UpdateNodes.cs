using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Operations.Updates;

namespace Kops.Cli.Output;

/// <summary>The plan of an update for programs.</summary>
internal static class UpdateNodes
{
    public static MappingNode Of(Invocation run, UpdatePlan plan)
    {
        var node = new MappingNode
        {
            ["cluster"] = ScalarNode.Of(plan.Changes.Cluster),
            ["changes"] = ChangeNodes.List(plan.Effects.Select(effect => Effect(run, effect))),
            ["edits"] = ChangeNodes.List(plan.Edits.Select(Edit)),
            ["newKeysets"] = ChangeNodes.Texts(plan.NewKeysets),
            ["newUserData"] = ChangeNodes.Texts(plan.NewUserData),
            ["rollingUpdates"] = ChangeNodes.Texts(plan.RollingUpdates),
            ["notWritten"] = ChangeNodes.Texts(plan.Undone),
        };
        if (plan.NodesKeep is { } version)
            node["nodesKeep"] = ScalarNode.Of(version);
        return node;
    }

    private static MappingNode Effect(Invocation run, UpdateEffect effect)
    {
        var node = ChangeNodes.File(run, effect.File);
        node["noticedBy"] = ScalarNode.Of(
            effect.By switch
            {
                Noticed.ByControlPlane => "controlPlane",
                Noticed.ByNodes => "nodes",
                _ => "nobody",
            }
        );
        node["groups"] = ChangeNodes.Texts(effect.Groups);
        return node;
    }

    private static MappingNode Edit(GroupEdit edit) =>
        new() { ["group"] = ScalarNode.Of(edit.Group), ["fields"] = ChangeNodes.Fields(edit.Fields) };
}
