using Kops.Api.Validation;

namespace Kops.Operations.Events;

/// <summary>A stored object has a field that this program does not know: a newer kOps wrote it. It is kept.</summary>
/// <param name="File">The file of the object.</param>
/// <param name="Field">The field's path.</param>
public sealed record NewerField(string File, string Field) : OperationEvent(EventLevel.MinorWarning)
{
    /// <inheritdoc/>
    public override string Message => $"{File}: {Field} is a field of a newer kOps";
}
