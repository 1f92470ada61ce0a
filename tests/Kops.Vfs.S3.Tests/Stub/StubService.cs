using System.Collections.Concurrent;
using System.Net;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.S3.Tests.Stub;

/// <summary>A service of a few lines, for what no server on loopback does: answers by rule, and keeps what it was asked.</summary>
internal sealed class StubService(Func<HttpRequestMessage, (int Status, string Body, string? Region)> answer) : HttpMessageHandler
{
    /// <summary>How long answers that are none of success ask to wait, in seconds; null for nothing said.</summary>
    internal string? RetryAfter { get; init; }

    internal ConcurrentQueue<HttpRequestMessage> Requests { get; } = new();

    /// <summary>The requests as method, host and path.</summary>
    internal IEnumerable<string> Asked =>
        Requests.Select(request => $"{request.Method} {request.RequestUri!.Host}{request.RequestUri.PathAndQuery}");

    internal static string Error(string code) =>
        $"<Error><Code>{code}</Code><Message>said the stub</Message><RequestId>R1</RequestId></Error>";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        var (status, body, region) = answer(request);
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/xml"),
            RequestMessage = request,
        };
        response.Headers.TryAddWithoutValidation("ETag", "\"0123456789abcdef0123456789abcdef\"");
        response.Headers.TryAddWithoutValidation("x-amz-request-id", "R1");
        if (RetryAfter is not null && status >= 400)
            response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        if (region is not null)
            response.Headers.TryAddWithoutValidation("x-amz-bucket-region", region);
        return Task.FromResult(response);
    }
}
