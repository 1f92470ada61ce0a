using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Kops.Api.Diff;
using Kops.Cli.CommandLine;
using Kops.StateStore.Changes;

namespace Kops.Cli.Output;

/// <summary>A change set for people: each file, and in what way it changes.</summary>
internal static class ChangeText
{
    private const int Context = 2;

    public static void Write(Invocation run, ChangeSet changes) => Write(run, changes.Files);

    /// <summary>Some of the files.</summary>
    public static void Write(Invocation run, IEnumerable<FileChange> files)
    {
        var console = run.Host.Console;
        foreach (var file in files)
        {
            var secret = file is { Secrecy: FileSecrecy.Secret, Kind: FileChangeKind.Replace }
                ? "  (secret: its content is not shown)"
                : string.Empty;
            var (kind, sign) = file.Kind switch
            {
                FileChangeKind.Create => (ChangeKind.Added, '+'),
                FileChangeKind.Delete => (ChangeKind.Removed, '-'),
                _ => (ChangeKind.Changed, '~'),
            };
            run.Out.WriteLine(console.Paint(kind, $"{sign} {Name(run, file)}") + secret);
            if (file.Kind is not FileChangeKind.Replace)
                continue;
            var lines =
                file.Fields is { } fields ? DiffText.Lines(fields.Where(IsTold))
                : file is { TextBefore: { } before, TextAfter: { } after } ? Lines(before, after)
                : [];
            foreach (var line in lines)
                run.Out.WriteLine("    " + console.Paint(line.Kind, line.Text));
        }
    }

    /// <summary>Differences of an object, a line each.</summary>
    public static void Write(Invocation run, IEnumerable<FieldChange> fields)
    {
        foreach (var line in DiffText.Lines(fields.Where(IsTold)))
            run.Out.WriteLine(run.Host.Console.Paint(line.Kind, line.Text));
    }

    /// <summary>Whether a difference is worth telling. The generation counts the changes of the spec, which are told.</summary>
    public static bool IsTold(FieldChange change) => change.Path.ToString() != "metadata.generation";

    /// <summary>The file's path, below the state store where it lies there.</summary>
    public static string Name(Invocation run, FileChange file)
    {
        var (path, root) = (file.Path.ToString(), $"{run.State.Root}/");
        return path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
    }

    private static List<DiffLine> Lines(string before, string after)
    {
        var all = InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines;
        var shown = new List<DiffLine>();
        var last = -1;
        for (var i = 0; i < all.Count; i++)
        {
            if (!all.Skip(Math.Max(0, i - Context)).Take((2 * Context) + 1).Any(line => line.Type is not ChangeType.Unchanged))
                continue;
            if (last >= 0 && i > last + 1)
                shown.Add(new DiffLine(ChangeKind.Changed, "  ..."));
            last = i;
            shown.Add(
                all[i].Type switch
                {
                    ChangeType.Inserted => new DiffLine(ChangeKind.Added, $"+ {all[i].Text}"),
                    ChangeType.Deleted => new DiffLine(ChangeKind.Removed, $"- {all[i].Text}"),
                    _ => new DiffLine(ChangeKind.Changed, $"  {all[i].Text}"),
                }
            );
        }

        return shown;
    }
}
