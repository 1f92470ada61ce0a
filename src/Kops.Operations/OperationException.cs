namespace Kops.Operations;

/// <summary>An operation that cannot be done. The message names what, where, and the cure. Nothing was changed unless it says so.</summary>
public class OperationException : KopsException
{
    /// <summary>An operation that cannot be done.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">What, where, and the cure.</param>
    /// <param name="innerException">What it is due to.</param>
    public OperationException(OperationErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Why it cannot be done.</summary>
    public OperationErrorKind Kind { get; }

    /// <summary>Something stands in the way.</summary>
    public static OperationException Failed(string message, Exception? cause = null) => new(OperationErrorKind.Failed, message, cause);

    /// <summary>What was asked for makes no sense.</summary>
    public static OperationException InvalidRequest(string message) => new(OperationErrorKind.InvalidRequest, message);

    /// <summary>Somebody else made or changed the same.</summary>
    public static OperationException Conflict(string message) => new(OperationErrorKind.Conflict, message);

    /// <summary>It is not there.</summary>
    public static OperationException NotFound(string message) => new(OperationErrorKind.NotFound, message);
}
