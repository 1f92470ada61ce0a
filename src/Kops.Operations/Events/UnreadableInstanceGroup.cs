using Kops.StateStore.Files;

namespace Kops.Operations.Events;

/// <summary>An instance group of a cluster that was read cannot be read. It is not to be taken for absent.</summary>
/// <param name="Group">The group, and why.</param>
public sealed record UnreadableInstanceGroup(UnreadableObject Group) : OperationEvent(EventLevel.Warning)
{
    /// <inheritdoc/>
    public override string Message => $"instance group \"{Group.Name}\" cannot be read: {Group.Error.Message}";
}
