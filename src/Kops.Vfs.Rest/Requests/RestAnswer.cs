using System.Net.Http;

namespace Kops.Vfs.Rest.Requests;

/// <summary>How a request to a service ended: an answer, or a failure as a value.</summary>
/// <param name="Response">The answer, which the caller disposes; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
public readonly record struct RestAnswer(HttpResponseMessage? Response, RestFailure? Failure) : IDisposable
{
    /// <summary>The failure of an earlier try, or of this one, after which the request may have been carried out all the same.</summary>
    public RestFailure? Lost { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Response?.Dispose();
}
