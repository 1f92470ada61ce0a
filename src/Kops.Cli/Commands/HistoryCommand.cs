using System.Globalization;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.History;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;

namespace Kops.Cli.Commands;

/// <summary><c>kops history</c>: who changed what, and when.</summary>
internal static class HistoryCommand
{
    private static readonly Flag<int?> Count = Flag.Integer("count", "How many at most") with { Short = "n", Default = "50" };

    private static readonly Flag<int?> Keep = Flag.Integer("keep", "How many changes of each cluster stay, the newest");

    private static readonly PlannedCommand<PrunePlan> Prune = new()
    {
        Plan = PlanPruneAsync,
        Show = ShowPrune,
        Report = static (_, plan) =>
            new()
            {
                ["changes"] = ChangeNodes.List(
                    plan.Changes.Select(change =>
                        (Node)new MappingNode { ["id"] = ScalarNode.Of(change.Id), ["cluster"] = ScalarNode.Of(change.Cluster) }
                    )
                ),
                ["bytes"] = ScalarNode.Of(plan.Bytes),
            },
        Ask = "\nMust specify --yes to take them away",
        Apply = static async (run, plan, cancellationToken) =>
        {
            await run.State.History.PruneAsync(plan, cancellationToken);
            run.Say("\nTaken away.");
        },
    };

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("history", "Show who changed clusters, and when")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description = "Without a cluster, the changes of all clusters. Newest first.",
            Examples =
            [
                ("The changes of a cluster", "kops history demo.example.com"),
                ("What one of them changed", "kops history show 000042"),
                ("Take it back", "kops undo 000042"),
            ],
            Flags = [Count, OutputFlag.TableOrJson],
            Run = ListAsync,
        },
        new("history prune", "Take old changes away")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description = "Clusters stay as they are; changes that are taken away can no longer be shown or undone.",
            Examples = [("Keep the newest hundred of each cluster", "kops history prune --keep 100 --yes")],
            Flags = [Keep, PlanFlags.Yes, OutputFlag.TableOrJson],
            Run = Prune.RunAsync,
        },
        new("history show", "Show what a change changed")
        {
            Arguments = "CHANGE",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.Change,
            Examples =
            [
                ("By as much of its name as no other has", "kops history show 000042"),
                ("For a program", "kops history show 000042 -o json"),
            ],
            Flags = [OutputFlag.TableOrJson],
            Run = ShowAsync,
        },
    ];

    private static async Task<PrunePlan?> PlanPruneAsync(Invocation run, CancellationToken cancellationToken)
    {
        var keep = run.Get(Keep) ?? throw CommandException.Usage("--keep is required: how many changes of each cluster stay");
        if (keep < 0)
            throw CommandException.Usage("--keep needs a number that is not negative");
        var name = NameOf(run);
        await run.Session.TellPendingAsync(cancellationToken);
        var plan = await run.State.History.PlanPruneAsync(keep, name, cancellationToken);
        foreach (var left in plan.Left)
            run.Error.WriteLine($"Warning: {PlainText.Of(left)}; the history of that cluster is left as it is");
        if (!plan.IsEmpty)
            return plan;
        run.Say("Nothing to take away.");
        return null;
    }

    private static void ShowPrune(Invocation run, PrunePlan plan)
    {
        foreach (var cluster in plan.Changes.GroupBy(change => change.Cluster, StringComparer.Ordinal))
            run.Out.WriteLine(
                $"- {cluster.Key}: {cluster.Count()} {(cluster.Count() == 1 ? "change" : "changes")}, up to {cluster.First().Id}"
            );
        if (plan.Bytes > 0)
            run.Out.WriteLine($"- {plan.Bytes / 1024.0:0.0} KiB of contents that no other change refers to");
    }

    private static string? NameOf(Invocation run) =>
        run.Arguments.Count > 0 || run.Get(GlobalFlags.Name) is { Length: > 0 } ? ClusterNames.Find(run, usesContext: false) : null;

    private static async Task<int> ListAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = NameOf(run);
        await run.Session.TellPendingAsync(cancellationToken);
        var count = run.Get(Count);
        var rows = new List<string[]>();
        await foreach (var change in run.State.History.ListAsync(name, Tell, cancellationToken))
        {
            if (rows.Count == count)
                break;
            if (run.IsForPrograms())
                run.Out.WriteLine(NodeText.ToJson(Row(change)));
            rows.Add([change.Id, Time(run, change.Started), change.Author.ToString(), change.Cluster, Said(change)]);
        }

        if (rows.Count == 0)
            throw CommandException.NotFound(
                $"no changes are recorded in {run.State.Root}{(name is null ? string.Empty : $" for cluster \"{name}\"")}"
            );
        if (!run.IsForPrograms())
            TextTable.WriteInOrder(run.Host.Console, ["CHANGE", "TIME", "WHO", "CLUSTER", "WHAT"], rows);
        return ExitCode.Done;

        // Records are read side by side.
        void Tell(ChangeReference _, StateStoreException error)
        {
            lock (rows)
                run.Error.WriteLine($"Warning: {PlainText.Of(error.Message)}");
        }
    }

    private static async Task<int> ShowAsync(Invocation run, CancellationToken cancellationToken)
    {
        var change = await RecordedChanges.GetAsync(run.Session, run.Arguments[0], cancellationToken);
        var record = change.Record;
        if (run.IsForPrograms())
        {
            var row = Row(record);
            row["changes"] = ChangeNodes.List(
                change.Files.Select(file =>
                    (Node)ChangeNodes.File(file.File.Kind, file.File.Path.ToString(), file.File.Secrecy, file.Fields)
                )
            );
            run.Out.WriteLine(NodeText.ToJson(row));
            return ExitCode.Done;
        }

        run.Out.WriteLine($"Change   {record.Id}");
        run.Out.WriteLine($"Cluster  {record.Cluster}");
        run.Out.WriteLine($"What     {Said(record)}");
        run.Out.WriteLine($"Who      {record.Author} with {record.Author.Program}");
        run.Out.WriteLine($"When     {Time(run, record.Started)}");
        if (record.MadeIn is { } store)
            run.Out.WriteLine($"Where    in {store}, from where the cluster has come");
        if (record.RecoveredBy is { } recoverer)
            run.Out.WriteLine($"Settled  by {recoverer}, since it was interrupted");
        run.Out.WriteLine();
        foreach (var file in change.Files)
        {
            var (kind, sign) = file.File.Kind switch
            {
                FileChangeKind.Create => (ChangeKind.Added, '+'),
                FileChangeKind.Delete => (ChangeKind.Removed, '-'),
                _ => (ChangeKind.Changed, '~'),
            };
            run.Out.WriteLine(run.Host.Console.Paint(kind, $"{sign} {file.File.Path}"));
            foreach (var line in DiffText.Lines(file.Fields ?? []))
                run.Out.WriteLine("    " + run.Host.Console.Paint(line.Kind, line.Text));
        }

        return ExitCode.Done;
    }

    private static MappingNode Row(ChangeRecord change)
    {
        var row = new MappingNode
        {
            ["id"] = ScalarNode.Of(change.Id),
            ["cluster"] = ScalarNode.Of(change.Cluster),
            ["title"] = ScalarNode.Of(change.Title),
            ["who"] = ScalarNode.Of(change.Author.ToString()),
            ["program"] = ScalarNode.Of(change.Author.Program),
            ["started"] = ScalarNode.Of(Utc(change.Started)),
            ["outcome"] = ScalarNode.Of(
                change.Outcome switch
                {
                    ChangeOutcome.Undone => "undone",
                    ChangeOutcome.Pending => "pending",
                    _ => "applied",
                }
            ),
        };
        if (change.Finished is { } finished)
            row["finished"] = ScalarNode.Of(Utc(finished));
        if (change.Undoes is { } undone)
            row["undoes"] = ScalarNode.Of(undone);
        if (change.MadeIn is { } store)
            row["madeIn"] = ScalarNode.Of(store);
        return row;
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Said(ChangeRecord change) =>
        change.Outcome switch
        {
            ChangeOutcome.Undone => $"{change.Title} (changed back)",
            ChangeOutcome.Pending => $"{change.Title} (interrupted)",
            _ => change.Title,
        };

    private static string Time(Invocation run, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, run.Host.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
