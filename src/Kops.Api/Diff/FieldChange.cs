using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>A difference between two versions of an object.</summary>
/// <param name="Path">The field, or the item: <c>spec.subnets[us-east-1c]</c> for one with a name, else its position.</param>
/// <param name="Before">The old value; null when there was none.</param>
/// <param name="After">The new value; null when there is none.</param>
/// <param name="Index">
/// For an item of a list that came or went, its position: in the new list or in the old one. Null for fields.
/// </param>
public sealed record FieldChange(FieldPath Path, Node? Before, Node? After, int? Index = null)
{
    /// <summary>What happened.</summary>
    public ChangeKind Kind =>
        Before is null ? ChangeKind.Added
        : After is null ? ChangeKind.Removed
        : ChangeKind.Changed;
}
