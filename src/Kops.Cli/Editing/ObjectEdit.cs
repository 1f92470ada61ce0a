using Kops.Api;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Views;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Objects;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Editing;

/// <summary>Changes one stored object, by fields or in an editor, and shows what changed.</summary>
/// <param name="run">The command.</param>
/// <param name="stored">The object as it was read.</param>
/// <param name="subject">What it is, for people.</param>
/// <param name="plan">Checks the changed object, and plans storing it.</param>
internal sealed class ObjectEdit<T>(
    Invocation run,
    StoredObject<T> stored,
    string subject,
    Func<T, CancellationToken, Task<ChangeSet>> plan
)
    where T : KopsObject, IApiView<T>
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (run.Has(EditFlags.Set) || run.Has(EditFlags.Unset))
        {
            var changed = stored.Copy();
            FieldSetter.Apply(changed.Node, changed.Type, run.Get(EditFlags.Unset), run.Get(EditFlags.Set));
            try
            {
                await SaveAsync(changed, cancellationToken);
            }
            catch (InvalidObjectException invalid)
            {
                // Lines of the stored file help somebody who looks at it; here nobody does.
                throw new InvalidObjectException(
                    invalid.Document,
                    [.. invalid.Problems.Select(problem => problem with { Position = null })]
                );
            }
        }
        else
        {
            await new EditSession(run, subject).EditAsync(
                stored.File.Text,
                (text, token) => SaveAsync(ObjectDocuments.ReadOne<T>(run.Session, text, subject), token),
                cancellationToken
            );
        }

        return ExitCode.Done;
    }

    private void Tell(IReadOnlyList<FieldChange> fields, bool isDone)
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

    private async Task SaveAsync(T changed, CancellationToken cancellationToken)
    {
        if (await run.Session.ApplyAsync(await plan(changed, cancellationToken), cancellationToken))
            Tell(FieldDiff.Compare(stored.Value.Node, changed.Node), isDone: true);
        else
            Tell([], isDone: false);
    }
}
