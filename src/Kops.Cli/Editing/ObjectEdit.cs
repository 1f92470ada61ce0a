using Kops.Api;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Views;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations;
using Kops.Operations.Objects;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Editing;

/// <summary>Changes one stored object, by fields or in an editor, and shows what changed.</summary>
/// <param name="run">The command.</param>
/// <param name="read">Reads the object.</param>
internal sealed class ObjectEdit<T>(Invocation run, Func<CancellationToken, Task<ReadObject<T>>> read)
    where T : KopsObject, IApiView<T>
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var first = await read(cancellationToken);
        if (run.Has(EditFlags.Set) || run.Has(EditFlags.Unset))
            await SetAsync(first, cancellationToken);
        else
            await new EditSession(run, first.Subject).EditAsync(
                first.Stored.File.Text,
                (text, token) => SaveAsync(first, ObjectDocuments.ReadOne<T>(run.Session, text, first.Subject), token),
                cancellationToken
            );
        return ExitCode.Done;
    }

    /// <summary>
    /// Sets fields: of what was read and, where somebody else was faster, of what then stands there, unless they are the same fields.
    /// </summary>
    private async Task SetAsync(ReadObject<T> first, CancellationToken cancellationToken)
    {
        var (found, mine) = (first, With(first.Stored));
        var (original, wanted) = (first.Stored.Value.Node, (MappingNode)mine.Node.Clone());
        try
        {
            await ConflictRetry.RunAsync(
                run.Session,
                async token =>
                {
                    if (found is null)
                    {
                        found = await read(token);
                        EditOverlap.Check(original, wanted, found.Stored.Value.Node);
                        mine = With(found.Stored);
                    }

                    var now = found;
                    found = null;
                    return await SaveAsync(now, mine, token);
                },
                cancellationToken
            );
        }
        catch (InvalidObjectException invalid)
        {
            // Lines of the stored file help somebody who looks at it; here nobody does.
            throw new InvalidObjectException(invalid.Document, [.. invalid.Problems.Select(problem => problem with { Position = null })]);
        }
    }

    private T With(StoredObject<T> stored)
    {
        var changed = stored.Copy();
        FieldSetter.Apply(changed.Node, changed.Type, run.Get(EditFlags.Unset), run.Get(EditFlags.Set));
        return changed;
    }

    private void Tell(string subject, IReadOnlyList<FieldChange> fields, bool isDone)
    {
        if (run.IsForPrograms())
        {
            var report = new MappingNode { ["object"] = ScalarNode.Of(subject), ["fields"] = ChangeNodes.Fields(fields) };
            run.Out.WriteLine(NodeText.ToJson(ChangeNodes.Ended(report, isDone)));
        }
        else if (isDone)
            ChangeText.Write(run, fields);
        else
            run.Out.WriteLine("No changes were made.");
    }

    private async Task<bool> SaveAsync(ReadObject<T> from, T changed, CancellationToken cancellationToken)
    {
        var isChanged = await run.Session.ApplyAsync(await from.Plan(changed, cancellationToken), cancellationToken);
        Tell(from.Subject, isChanged ? FieldDiff.Compare(from.Stored.Value.Node, changed.Node) : [], isChanged);
        return isChanged;
    }
}
