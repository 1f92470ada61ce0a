namespace Kops.Api.Diff;

/// <summary>A line of a difference as people read it, without colour.</summary>
/// <param name="Kind">What happened, for whoever colours the line.</param>
/// <param name="Text">The line: <c>  spec.channel: stable -> alpha</c>, <c>+ spec.sshAccess: 10.0.0.0/8</c>.</param>
public sealed record DiffLine(ChangeKind Kind, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
