using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Moves;
using Kops.StateStore.Changes.Moves;

namespace Kops.Cli.Commands.State;

/// <summary>What a move would do and has done, for people and, a line for each cluster, for programs.</summary>
internal static class MoveText
{
    /// <summary>Shows a plan. Programs are told of one that is carried out at its end alone.</summary>
    public static async Task ShowAsync(Invocation run, PlannedMove move, CancellationToken cancellationToken)
    {
        if (run.IsForPrograms() && run.IsAgreed())
            return;
        var (plan, target) = (move.Plan, move.Target);
        var (files, bytes) = await move.MeasureAsync(cancellationToken);
        if (run.IsForPrograms())
        {
            var row = Row(plan.Source.Name, target.ToString(), "planned");
            (row["files"], row["bytes"]) = (ScalarNode.Of(files), ScalarNode.Of(bytes));
            row["places"] = ChangeNodes.List(
                plan.Places.Select(place =>
                    (Node)
                        new MappingNode
                        {
                            ["name"] = ScalarNode.Of(place.Name),
                            ["before"] = ScalarNode.Of(place.Before.ToString()),
                            ["after"] = ScalarNode.Of(place.After.ToString()),
                        }
                )
            );
            row["mentions"] = ChangeNodes.Texts(plan.Mentions);
            run.Out.WriteLine(NodeText.ToJson(row));
            return;
        }

        run.Out.WriteLine($"Cluster \"{plan.Source.Name}\": {Sizes.Files(files)}, {Sizes.Text(bytes)}\n");
        TextTable.WriteInOrder(
            run.Host.Console,
            ["PLACE", "BEFORE", "AFTER"],
            plan.Places.Select(place =>
                new[] { place.Name, place.Before.ToString(), place.Stays ? "(stays: it is in another store)" : place.After.ToString() }
            )
        );
        run.Out.WriteLine();
        if (plan.Fields.Count > 0)
            ChangeText.Write(run, plan.Fields);
        foreach (var path in plan.Mentions)
            run.Out.WriteLine($"Stays as it is, though it mentions {run.State.Root}: {path}");
        if (move.ChangesIssuer)
            run.Out.WriteLine(
                "The discovery documents move too: the issuer's address changes with the next update, and with it what clouds must trust."
            );
        if (move.ShutsNodesOut)
            run.Out.WriteLine($"Nodes cannot read {target}: a cluster that runs will not boot new nodes from there.");
    }

    /// <summary>Says to programs how it stands with a cluster; false, and nothing, to people.</summary>
    public static bool WriteJson(
        Invocation run,
        string cluster,
        string to,
        string status,
        params ReadOnlySpan<(string Name, long Value)> figures
    )
    {
        if (!run.IsForPrograms())
            return false;
        var row = Row(cluster, to, status);
        foreach (var (name, value) in figures)
            row[name] = ScalarNode.Of(value);
        run.Out.WriteLine(NodeText.ToJson(row));
        return true;
    }

    /// <summary>Shows what finishing a move removes. Programs are told of it at its end alone.</summary>
    public static void ShowRemoval(Invocation run, FinishPlan plan)
    {
        if (!run.IsForPrograms())
        {
            foreach (var place in plan.Left)
                run.Out.WriteLine($"Stays, since other clusters may use it: {place}");
        }

        if (run.IsAgreed())
            return;
        if (run.IsForPrograms())
        {
            var row = Row(plan.Record.Cluster, plan.Record.To, "planned");
            row["removes"] = ChangeNodes.Texts(plan.Removed.Select(place => place.ToString()));
            run.Out.WriteLine(NodeText.ToJson(row));
            return;
        }

        foreach (var place in plan.Removed)
            run.Out.WriteLine($"- {place}/");
    }

    /// <summary>Says how many files were removed.</summary>
    public static void WriteRemoved(Invocation run, FinishPlan plan, long files)
    {
        var (cluster, to) = (plan.Record.Cluster, plan.Record.To);
        if (!WriteJson(run, cluster, to, "finished", ("removed", files)))
            run.Out.WriteLine($"Removed {Sizes.Files(files)} of cluster \"{cluster}\" from {run.State.Root}; it lives at {to}.");
    }

    private static MappingNode Row(string cluster, string to, string status) =>
        new()
        {
            ["cluster"] = ScalarNode.Of(cluster),
            ["to"] = ScalarNode.Of(to),
            ["status"] = ScalarNode.Of(status),
        };
}
