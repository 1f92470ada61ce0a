using System.Collections.Concurrent;

namespace Kops.Vfs.Conformance.Servers;

/// <summary>Counts what goes over the network.</summary>
public sealed class CountingHandler : DelegatingHandler
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Methods of the requests since the last call, in order.</summary>
    public string Take()
    {
        var taken = string.Join(' ', _requests);
        _requests.Clear();
        return taken;
    }

    /// <summary>Puts it around a network.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wrap =>
        inner =>
        {
            InnerHandler = inner;
            return this;
        };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request.Method.Method);
        return base.SendAsync(request, cancellationToken);
    }
}
