using Kops.Vfs.Network;

namespace Kops.Vfs.Http;

/// <summary>How a request ended: a file, or a failure.</summary>
internal readonly record struct HttpFetchAnswer(ObjectContent? Content, HttpFetchFailure? Failure)
    : IRequestAnswer<HttpFetchAnswer, HttpFetchFailure>
{
    /// <remarks>To read twice does no harm.</remarks>
    public HttpFetchAnswer WithLost(HttpFetchFailure? lost) => this;
}
