using System.Text;
using Kops.Api.Diff;
using Kops.StateStore.Changes;

namespace Kops.Operations;

/// <summary>Others changed the same files meanwhile. The message says which, and what they changed in them.</summary>
/// <param name="conflict">The files.</param>
public sealed class ChangeConflictException(ApplyResult.Conflict conflict) : OperationException(OperationErrorKind.Conflict, Text(conflict))
{
    /// <summary>The files, as they were read and as they are.</summary>
    public ApplyResult.Conflict Files { get; } = conflict;

    private static string Text(ApplyResult.Conflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
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
