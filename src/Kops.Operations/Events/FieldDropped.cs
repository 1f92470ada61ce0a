using Kops.Api;
using Kops.Api.Validation;

namespace Kops.Operations.Events;

/// <summary>An object of another version that was handed in has a field that the stored version does not have.</summary>
/// <param name="Source">The file that it stands in.</param>
/// <param name="Field">The field, and what becomes of it.</param>
public sealed record FieldDropped(string Source, Problem Field) : OperationEvent(EventLevel.Warning)
{
    /// <inheritdoc/>
    public override string Message => $"{Source}:{Field.Position}: {Field}";
}
