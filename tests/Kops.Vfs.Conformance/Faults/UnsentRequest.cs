namespace Kops.Vfs.Conformance.Faults;

/// <summary>A network on which the first write fails before a byte of it can be sent, while somebody else writes.</summary>
/// <param name="error">How it fails.</param>
/// <param name="meanwhile">What the other does.</param>
public sealed class UnsentRequest(HttpRequestError error, Func<Task> meanwhile) : DelegatingHandler
{
    private int _failed;

    /// <summary>Puts it around a network.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wrap =>
        inner =>
        {
            InnerHandler = inner;
            return this;
        };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Tokens are asked for by POST, too.
        var isWrite =
            request.Method == HttpMethod.Put
            || (
                request.Method == HttpMethod.Post && !request.RequestUri!.AbsolutePath.Contains("token", StringComparison.OrdinalIgnoreCase)
            );
        if (!isWrite || Interlocked.Exchange(ref _failed, 1) == 1)
            return await base.SendAsync(request, cancellationToken);
        await meanwhile();
        throw new HttpRequestException(error, "there was no connection", new IOException("there was no connection"));
    }
}
