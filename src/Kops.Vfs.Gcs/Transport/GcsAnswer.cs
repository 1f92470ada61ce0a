using System.Net.Http;
using Kops.Vfs.Network;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>How a request ended: an answer, or a failure.</summary>
/// <param name="Response">The answer, which the caller disposes; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
internal readonly record struct GcsAnswer(HttpResponseMessage? Response, GcsFailure? Failure)
    : IRequestAnswer<GcsAnswer, GcsFailure>,
        IDisposable
{
    /// <summary>The failure of an earlier try, or of this one, after which the request may have been carried out all the same.</summary>
    internal GcsFailure? Lost { get; init; }

    public GcsAnswer WithLost(GcsFailure? lost) => this with { Lost = lost };

    public void Dispose() => Response?.Dispose();
}
