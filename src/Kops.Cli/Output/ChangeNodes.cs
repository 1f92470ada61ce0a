using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.StateStore.Changes;

namespace Kops.Cli.Output;

/// <summary>Changes for programs: what <c>-o json</c> prints of plans and records.</summary>
internal static class ChangeNodes
{
    /// <summary>What a change set changes.</summary>
    public static MappingNode Of(Invocation run, ChangeSet changes) =>
        new() { ["cluster"] = ScalarNode.Of(changes.Cluster), ["changes"] = List(changes.Files.Select(file => File(run, file))) };

    /// <summary>There was nothing to do.</summary>
    public static MappingNode Nothing() => Ended(new MappingNode { ["changes"] = new SequenceNode() }, isDone: false);

    /// <summary>A report with how it ended: done, or planned alone.</summary>
    public static MappingNode Ended(MappingNode report, bool isDone)
    {
        report["done"] = ScalarNode.Of(isDone);
        return report;
    }

    /// <summary>One file of a change set.</summary>
    public static MappingNode File(Invocation run, FileChange file) =>
        File(file.Kind, ChangeText.Name(run, file), file.Secrecy, file.Fields);

    /// <summary>One file.</summary>
    /// <param name="kind">What happens to it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="secrecy">Whether its content is secret.</param>
    /// <param name="fields">What changes in it; null where that cannot be told by field.</param>
    public static MappingNode File(FileChangeKind kind, string path, FileSecrecy secrecy, IEnumerable<FieldChange>? fields)
    {
        var node = new MappingNode
        {
            ["action"] = ScalarNode.Of(
                kind switch
                {
                    FileChangeKind.Create => "create",
                    FileChangeKind.Delete => "delete",
                    _ => "replace",
                }
            ),
            ["path"] = ScalarNode.Of(path),
        };
        if (secrecy is FileSecrecy.Secret or FileSecrecy.Sensitive)
            node["secret"] = ScalarNode.Of(true);
        if (fields is not null)
            node["fields"] = Fields(fields);
        return node;
    }

    /// <summary>The changed fields of an object.</summary>
    public static SequenceNode Fields(IEnumerable<FieldChange> fields) => List(fields.Where(ChangeText.IsTold).Select(Field));

    /// <summary>A list of texts.</summary>
    public static SequenceNode Texts(IEnumerable<string> texts) => List(texts.Select(text => (Node)ScalarNode.Of(text)));

    /// <summary>A list of values.</summary>
    public static SequenceNode List(IEnumerable<Node> items)
    {
        var list = new SequenceNode();
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    private static MappingNode Field(FieldChange change)
    {
        var node = new MappingNode { ["path"] = ScalarNode.Of(change.Path.ToString()) };
        if (change.Before is { } before)
            node["before"] = before.Clone();
        if (change.After is { } after)
            node["after"] = after.Clone();
        return node;
    }
}
