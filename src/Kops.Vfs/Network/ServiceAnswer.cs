namespace Kops.Vfs.Network;

/// <summary>How a request to a service ended: an answer, or a failure.</summary>
/// <param name="Response">The answer, which the caller disposes; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
public readonly record struct ServiceAnswer(HttpResponseMessage? Response, ServiceFailure? Failure)
    : IRequestAnswer<ServiceAnswer, ServiceFailure>,
        IDisposable
{
    /// <summary>The failure of an earlier try, or of this one, after which the request may have been carried out all the same.</summary>
    public ServiceFailure? Lost { get; init; }

    /// <inheritdoc/>
    public ServiceAnswer WithLost(ServiceFailure? lost) => this with { Lost = lost };

    /// <inheritdoc/>
    public void Dispose() => Response?.Dispose();
}
