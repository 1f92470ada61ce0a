namespace Kops.Operations.Events;

/// <summary>A file of a change that is taken back stays as it is.</summary>
/// <param name="Path">The file.</param>
/// <param name="WasKept">Whether its content was recorded: it stays since it was changed since, and otherwise since it was not.</param>
public sealed record FileNotUndone(string Path, bool WasKept) : OperationEvent(EventLevel.Note)
{
    /// <inheritdoc/>
    public override string Message =>
        WasKept ? $"Stays: {Path} was changed since." : $"Stays away: {Path} held keys or secrets, which are not recorded.";
}
