namespace Kops.StateStore.Errors;

/// <summary>A request on the state that cannot be met. The message names what, where, and the cure.</summary>
public sealed class StateStoreException(StateErrorKind kind, string message, Exception? innerException = null)
    : KopsException(message, innerException)
{
    /// <summary>What is wrong.</summary>
    public StateErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override bool IsTransient => Kind is StateErrorKind.Busy;
}
