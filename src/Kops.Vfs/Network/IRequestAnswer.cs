namespace Kops.Vfs.Network;

/// <summary>How one try of a request ended: an answer, or a failure as a value.</summary>
/// <typeparam name="TSelf">The answer's own type.</typeparam>
/// <typeparam name="TFailure">Its kind of failure.</typeparam>
public interface IRequestAnswer<TSelf, TFailure>
    where TFailure : class, IRequestFailure
{
    /// <summary>Why it failed; null when it did not.</summary>
    TFailure? Failure { get; }

    /// <summary>
    /// The same, knowing of a try (this one or an earlier one) after which the request may have been carried out all the same.
    /// </summary>
    TSelf WithLost(TFailure? lost);
}
