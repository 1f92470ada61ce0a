using System.Net;
using System.Net.Http;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Transport;

namespace Kops.Vfs.Swift;

/// <summary>Opens objects.</summary>
internal sealed class SwiftReader(SwiftContainer container)
{
    /// <summary>Asks all copies and takes the newest: what was written is read, even where a copy lags behind.</summary>
    internal static readonly (string Name, string Value) Newest = ("X-Newest", "true");

    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SwiftContainer.Validate(key) is not null)
            return null;
        var answer = await container.AskAsync(Request(container, key, versionId, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            if (!failure.IsAbsence)
                throw container.Errors.Wrap("read", key, failure);
            await container.RequireAsync("read", key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var found = SwiftObject.Read(answer.Response!, key);
        return new ObjectReader(
            found.Info,
            new HttpContentStream(
                found.Info,
                container.Errors.PathOf(key),
                answer.Response!,
                (from, token) => ReopenAsync(found.Info, versionId, from, token),
                e => container.Errors.Wrap("read", key, ServiceFailure.From(e))
            )
        );
    }

    private async ValueTask<HttpResponseMessage?> ReopenAsync(
        ObjectInfo info,
        string? versionId,
        long from,
        CancellationToken cancellationToken
    )
    {
        var answer = await container.SendAsync(Request(container, info.Key, versionId, from), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true } or { Status: HttpStatusCode.RequestedRangeNotSatisfiable })
            return null;
        if (answer.Failure is { } failure)
            throw container.Errors.Wrap("read", info.Key, failure);
        if (SwiftObject.Read(answer.Response!, info.Key).Info.Version == info.Version)
            return answer.Response;
        answer.Dispose();
        return null;
    }

    /// <summary>Asks for the object's content from some byte on.</summary>
    internal static SwiftRequest Request(SwiftContainer container, string key, string? versionId, long from) =>
        new(HttpMethod.Get, container.PathTo(key, ("version-id", versionId)))
        {
            Streams = true,
            Headers = from > 0 ? [Newest, ("Range", $"bytes={from}-")] : [Newest],
        };
}
