using System.Net;

namespace Kops.Vfs.AzureBlob.Tests.Servers;

/// <summary>Answers the first requests itself, with an error of the service that a real server gives too rarely.</summary>
internal sealed class RefusingHandler(string query, int status, string code, int times = 1, string detail = "") : DelegatingHandler
{
    private int _left = times;

    internal Func<HttpMessageHandler, HttpMessageHandler> Wrap =>
        inner =>
        {
            InnerHandler = inner;
            return this;
        };

    /// <summary>The clock that the answers show; null for none.</summary>
    internal DateTimeOffset? Date { get; init; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.Query.Contains(query, StringComparison.Ordinal) || Interlocked.Decrement(ref _left) < 0)
            return base.SendAsync(request, cancellationToken);
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            RequestMessage = request,
            Content = new StringContent(
                $"""
                <?xml version="1.0" encoding="utf-8"?>
                <Error><Code>{code}</Code><Message>no</Message><AuthenticationErrorDetail>{detail}</AuthenticationErrorDetail></Error>
                """,
                null,
                "application/xml"
            ),
        };
        answer.Headers.Add("x-ms-error-code", code);
        answer.Headers.Add("x-ms-request-id", "r-1");
        answer.Headers.Date = Date;
        return Task.FromResult(answer);
    }
}
