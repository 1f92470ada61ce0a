using Kops.Api;
using Kops.Api.Validation;

namespace Kops.Operations.Events;

/// <summary>An object that was handed in has a field that this program does not know. It is kept.</summary>
/// <param name="Source">The file that it stands in.</param>
/// <param name="Field">The field.</param>
public sealed record FieldPassedOn(string Source, Problem Field) : OperationEvent(EventLevel.Warning)
{
    /// <inheritdoc/>
    public override string Message => $"{Source}:{Field.Position}: {Field.Path} is kept, though this program does not know it";
}
