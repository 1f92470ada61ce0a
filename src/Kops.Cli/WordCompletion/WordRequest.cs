using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Hosting;
using Kops.Cli.Stores;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Vfs;

namespace Kops.Cli.WordCompletion;

/// <summary>
/// Answers the completion scripts: <c>kops __complete get clusters -o ""</c> prints what the last word may become, a candidate and a tab
/// and its meaning on each line, and <c>:files</c> at the end when the shell may propose files. It is quick and silent: a store that
/// cannot be read proposes nothing.
/// </summary>
internal static class WordRequest
{
    public const string Word = "__complete";

    /// <summary>The same without meanings.</summary>
    public const string PlainWord = "__completeNoDesc";

    public static async Task<int> AnswerAsync(
        KopsHost host,
        Func<StoreAccess, StoreRegistry> openStores,
        IReadOnlyList<CommandSpec> table,
        IReadOnlyList<string> words,
        bool isPlain,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var current = words.Count == 0 ? string.Empty : words[^1];
            var answer = await CandidatesAsync(host, openStores, table, [.. words.SkipLast(1)], current, cancellationToken);
            foreach (var (value, help) in answer.Candidates)
                host.Console.Out.WriteLine(isPlain || help.Length == 0 ? value : $"{value}\t{help}");
            if (answer.WantsFiles)
                host.Console.Out.WriteLine(":files");
        }
#pragma warning disable CA1031 // A message in the middle of somebody's typing helps nobody.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ExitCode.Failed;
        }

        return ExitCode.Done;
    }

    private static async Task<Answer> CandidatesAsync(
        KopsHost host,
        Func<StoreAccess, StoreRegistry> openStores,
        IReadOnlyList<CommandSpec> table,
        IReadOnlyList<string> before,
        string current,
        CancellationToken cancellationToken
    )
    {
        var parser = new CommandParser(table);
        var awaiting = FlagAwaitingValue(parser, before);
        var parsed = parser.ParseBeginning(awaiting is null ? before : [.. before.SkipLast(1)]);
        var flags = parser.FlagsOf(parsed.Spec).Where(flag => !flag.IsHidden).ToList();
        if (awaiting is not null)
            return await ValuesAsync(host, openStores, parsed, awaiting, string.Empty, current, cancellationToken);
        if (current.StartsWith("--", StringComparison.Ordinal) && current.Contains('=', StringComparison.Ordinal))
        {
            var parts = current.Split('=', 2);
            return flags.Find(flag => $"--{flag.Name}" == parts[0]) is { } named
                ? await ValuesAsync(host, openStores, parsed, named, $"{parts[0]}=", parts[1], cancellationToken)
                : Answer.Nothing;
        }

        if (current.StartsWith('-'))
            return Answer.Of(flags.Select(flag => ($"--{flag.Name}", flag.Help)), current);
        var children =
            parsed.Arguments.Count > 0
                ? []
                : table.Where(spec =>
                    spec.Path.Length > 0 && spec.Parent == parsed.Spec.Path && spec is { IsHidden: false, Instead: null }
                );
        var values =
            parsed.Arguments.Count < parsed.Spec.MaxArguments
                ? await StoreNames.FindAsync(host, openStores, parsed.Flags, parsed.Spec.Values, cancellationToken)
                : [];
        return Answer.Of(
            children.Select(spec => (spec.Name, spec.Help)).Concat(values.Except(parsed.Arguments).Select(name => (name, string.Empty))),
            current
        );
    }

    private static Flag? FlagAwaitingValue(CommandParser parser, IReadOnlyList<string> before)
    {
        if (before.Count == 0 || before[^1] is not ['-', _, ..] || before[^1].Contains('=', StringComparison.Ordinal))
            return null;
        var spec = parser.ParseBeginning([.. before.SkipLast(1)]).Spec;
        return parser
            .FlagsOf(spec)
            .FirstOrDefault(flag =>
                flag.ValueWhenBare is null
                && (
                    before[^1] == $"--{flag.Name}"
                    || before[^1] == $"-{flag.Short}"
                    || flag.Aliases.Any(alias => before[^1] == $"--{alias}")
                )
            );
    }

    private static async Task<Answer> ValuesAsync(
        KopsHost host,
        Func<StoreAccess, StoreRegistry> openStores,
        ParsedCommand parsed,
        Flag flag,
        string prefix,
        string current,
        CancellationToken cancellationToken
    )
    {
        if (flag.Values == ValueSource.File)
            return new Answer([], WantsFiles: true);
        // Of a list, the last item is completed.
        var comma = flag.Kind == FlagKind.List ? current.LastIndexOf(',') + 1 : 0;
        var item = current[comma..];
        var names =
            flag.Choices.Count > 0 ? flag.Choices
            : flag.Values is ValueSource.Zone
                ? CloudSnapshot.Load().ByCloud.Values.SelectMany(cloud => cloud.Regions.Values).SelectMany(zones => zones)
            : flag.Values is ValueSource.ClusterField
                ? FieldNames.Find("Cluster", item, flag.Name == EditFlags.Unset.Name ? string.Empty : "=")
            : flag.Values is ValueSource.InstanceGroupField
                ? FieldNames.Find("InstanceGroup", item, flag.Name == EditFlags.Unset.Name ? string.Empty : "=")
            : await StoreNames.FindAsync(host, openStores, parsed.Flags, flag.Values, cancellationToken);
        return Answer.Of(names.Select(name => (prefix + current[..comma] + name, string.Empty)), prefix + current);
    }

    private sealed record Answer(IReadOnlyList<(string Value, string Help)> Candidates, bool WantsFiles)
    {
        public static Answer Nothing { get; } = new([], WantsFiles: false);

        public static Answer Of(IEnumerable<(string Value, string Help)> candidates, string current) =>
            new([.. candidates.Where(candidate => candidate.Value.StartsWith(current, StringComparison.Ordinal))], WantsFiles: false);
    }
}
