namespace Kops.Api.Documents;

/// <summary>Where something stands in a text; both numbers start at 1, and columns count characters.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
