using System.Text;
using Kops.Api.Diff;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;

namespace Kops.Cli.Output;

/// <summary>A conflict for people: which files, what others changed in them meanwhile, and that nothing was lost.</summary>
internal static class ConflictText
{
    public static string Of(ApplyResult.Conflict conflict)
    {
        var text = new StringBuilder(
            conflict.Outcome is ChangeOutcome.Applied
                ? "somebody else changed the cluster meanwhile; everything was written but the files named at the end."
                : "somebody else changed the cluster meanwhile; nothing was changed by this command."
        );
        foreach (var file in conflict.Files)
        {
            text.Append('\n')
                .Append("  ")
                .Append(file.Path)
                .Append(
                    file switch
                    {
                        { Now.Exists: false } => " was deleted",
                        { Read.Exists: false } => " was created",
                        { Fields: null } => " was changed",
                        _ => " was changed:",
                    }
                );
            foreach (var line in DiffText.Lines(file.Fields ?? []))
                text.Append('\n').Append("    ").Append(line.Text);
        }

        foreach (var path in conflict.Remaining)
            text.Append('\n').Append("  ").Append(path).Append(" could not be brought back; look at it");
        return text.Append("\nLook at that, and run the command again.").ToString();
    }
}
