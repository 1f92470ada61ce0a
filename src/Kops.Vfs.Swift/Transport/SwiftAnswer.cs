using System.Net.Http;
using Kops.Vfs.Network;

namespace Kops.Vfs.Swift.Transport;

/// <summary>How a request ended: an answer, or a failure.</summary>
/// <param name="Response">The answer, which the caller disposes; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
internal readonly record struct SwiftAnswer(HttpResponseMessage? Response, SwiftFailure? Failure) : IRequestAnswer<SwiftAnswer, SwiftFailure>, IDisposable
{
    /// <summary>The failure of an earlier try, or of this one, after which the request may have been carried out all the same.</summary>
    internal SwiftFailure? Lost { get; init; }

    public SwiftAnswer WithLost(SwiftFailure? lost) => this with { Lost = lost };

    public void Dispose() => Response?.Dispose();
}
