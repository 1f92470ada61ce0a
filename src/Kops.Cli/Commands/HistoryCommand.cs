using System.Globalization;
using Kops.Api.Diff;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Model.Flags;
using Kops.StateStore.Changes;
using Kops.StateStore.Journal;

namespace Kops.Cli.Commands;

/// <summary><c>kops history</c>: who changed what, and when.</summary>
internal static class HistoryCommand
{
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
                ("What one of them changed", "kops history show 20261122T132539"),
                ("Take it back", "kops undo 20261122T132539"),
            ],
            Flags = [new Flag("count", FlagKind.Integer, "How many at most") { Short = "n", Default = "50" }],
            Run = ListAsync,
        },
        new("history show", "Show what a change changed")
        {
            Arguments = "CHANGE",
            MinArguments = 1,
            MaxArguments = 1,
            Examples = [("By as much of its name as no other has", "kops history show 20261122T132539")],
            Run = ShowAsync,
        },
    ];

    private static async Task<int> ListAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = run.Arguments.Count > 0 || run.Flags.Text("name") is { Length: > 0 } ? ClusterNames.Find(run, usesContext: false) : null;
        await run.RecoverAsync(cancellationToken);
        var count = FlagValues.Integer("count", run.Flags.Text("count")!);
        var rows = new List<string[]>();
        await foreach (var change in run.State.History.ListAsync(name, cancellationToken))
        {
            if (rows.Count == count) break;
            rows.Add([change.Id, Time(run, change.Started), change.Author.ToString(), change.Cluster, Said(change)]);
        }

        if (rows.Count == 0) throw CommandException.NotFound($"no changes are recorded in {run.State.Root}{(name is null ? string.Empty : $" for cluster \"{name}\"")}");
        TextTable.WriteInOrder(run.Out, ["CHANGE", "TIME", "WHO", "CLUSTER", "WHAT"], rows);
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(Invocation run, CancellationToken cancellationToken)
    {
        var change = await run.State.History.FindAsync(run.Arguments[0], null, cancellationToken)
            ?? throw CommandException.NotFound($"no change \"{run.Arguments[0]}\" is recorded in {run.State.Root}; 'kops history' lists them");
        var record = change.Record;
        run.Out.WriteLine($"Change   {record.Id}");
        run.Out.WriteLine($"Cluster  {record.Cluster}");
        run.Out.WriteLine($"What     {Said(record)}");
        run.Out.WriteLine($"Who      {record.Author} with {record.Author.Program}");
        run.Out.WriteLine($"When     {Time(run, record.Started)}");
        if (record.RecoveredBy is { } recoverer) run.Out.WriteLine($"Settled  by {recoverer}, since it was interrupted");
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
            foreach (var line in DiffText.Lines(file.Fields ?? [])) run.Out.WriteLine("    " + run.Host.Console.Paint(line.Kind, line.Text));
        }

        return ExitCode.Done;
    }

    private static string Said(ChangeRecord change) => change.Outcome switch
    {
        ChangeOutcome.Undone => $"{change.Title} (changed back)",
        ChangeOutcome.Pending => $"{change.Title} (interrupted)",
        _ => change.Title,
    };

    private static string Time(Invocation run, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, run.Host.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
