using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Web;

/// <summary>Gets files whole, within the limit, following the server elsewhere where it says so.</summary>
internal sealed class HttpFetch(HttpStoreOptions options, TimeProvider clock) : IDisposable
{
    private readonly RestRetry _retry = new(options, clock);
    private readonly Lazy<HttpClient> _http = new(() => StoreNetwork.Create(options, clock));

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    /// <summary>Gets a file; null when there is none.</summary>
    internal async ValueTask<ObjectContent?> GetAsync(string key, string address, CancellationToken cancellationToken)
    {
        ObjectContent? content = null;
        var answer = await _retry
            .RunAsync(
                async token =>
                {
                    (content, var failure) = await TryAsync(key, new Uri(address), token).ConfigureAwait(false);
                    return new RestAnswer(null, failure);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.Failure switch
        {
            null => content,
            { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } => null,
            var failure => throw HttpErrors.Explain(address, failure),
        };
    }

    private async ValueTask<(ObjectContent? Content, RestFailure? Failure)> TryAsync(
        string key,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.TryAddWithoutValidation("User-Agent", "kops");
                using var response = await _http
                    .Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                    .ConfigureAwait(false);
                if (response.StatusCode is HttpStatusCode.OK)
                    return await ReadAsync(key, response, cancellationToken).ConfigureAwait(false);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                    return (null, RestFailure.From(response, clock));
                var next = new Uri(address, location);
                if (redirects == options.MaxRedirects)
                    return Refused(
                        $"the server sends one from address to address, more than {options.MaxRedirects} times; name the last one"
                    );
                if (next.Scheme != "https" && (next.Scheme != address.Scheme || (options.KeepsToTls && !next.IsLoopback)))
                    return Refused(
                        $"the server sends one to {next.GetLeftPart(UriPartial.Path)}, which is not protected; name that address if you "
                            + $"mean it"
                    );
                address = next;
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            return (null, RestFailure.From(e));
        }
    }

    private async ValueTask<(ObjectContent? Content, RestFailure? Failure)> ReadAsync(
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        if (response.Content.Headers.ContentLength > options.MaxBytes)
            return TooLong();
        using var content = new MemoryStream();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; )
            {
                // Not every server says beforehand how much will come.
                if (content.Length + count > options.MaxBytes)
                    return TooLong();
                content.Write(buffer, 0, count);
            }
        }

        var bytes = content.ToArray();
        var version = response.Headers.ETag is { IsWeak: false } tag
            ? tag.Tag
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        var info = new ObjectInfo(
            key,
            bytes.Length,
            new ObjectVersion(version),
            response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch
        );
        return (new ObjectContent(info, bytes), null);
    }

    private (ObjectContent? Content, RestFailure? Failure) TooLong() =>
        Refused($"it is longer than {options.MaxBytes >> 20} MiB, which no file that kops reads is; check the address");

    private static (ObjectContent? Content, RestFailure? Failure) Refused(string problem) =>
        (null, new RestFailure { Cause = new InvalidDataException(problem) });
}
