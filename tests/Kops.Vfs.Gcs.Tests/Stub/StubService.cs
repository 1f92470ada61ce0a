using System.Collections.Concurrent;
using System.Net;
using Kops.Vfs.Gcs.Server.Objects;

namespace Kops.Vfs.Gcs.Tests.Stub;

/// <summary>A service of a few lines, for what no server on loopback does: answers by rule, and keeps what it was asked.</summary>
internal sealed class StubService(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal ConcurrentQueue<HttpRequestMessage> Requests { get; } = new();

    internal static HttpResponseMessage Say(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    internal static string Error(string reason, string message = "said the stub") =>
        $$"""{"error":{"errors":[{"reason":"{{reason}}","message":"{{message}}"}],"message":"{{message}}","code":0} }""";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return Task.FromResult(answer(request));
    }
}
