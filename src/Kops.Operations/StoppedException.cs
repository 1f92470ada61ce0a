namespace Kops.Operations;

/// <summary>An operation was cancelled in the middle of a change, which was changed back. The message says what stays done.</summary>
/// <param name="message">What was changed back, and what stays.</param>
/// <param name="cause">The cancellation.</param>
public sealed class StoppedException(string message, OperationCanceledException cause)
    : OperationCanceledException(message, cause, cause.CancellationToken);
