using System.Net;
using System.Net.Http;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Transport;

namespace Kops.Vfs.Oss;

/// <summary>Opens objects.</summary>
internal sealed class OssReader(OssBucket bucket)
{
    private const int MaxTries = 5;
    private const string Permission = "oss:GetObject";

    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OssBucket.Validate(key) is not null)
            return null;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var answer = await bucket.SendAsync(Request(key, versionId, 0), cancellationToken).ConfigureAwait(false);
            if (answer.Failure is { } failure)
            {
                if (!failure.IsAbsence)
                    throw bucket.Errors.Wrap("read", key, Permission, failure);
                await bucket.RequireAsync("read", key, failure, cancellationToken).ConfigureAwait(false);
                return null;
            }

            var size = answer.Response!.Content.Headers.ContentLength;
            if (size is null)
            {
                (size, var isOther) = await bucket.SizeAsync(key, versionId, answer.Response, cancellationToken).ConfigureAwait(false);
                if (isOther)
                {
                    answer.Dispose();
                    continue;
                }

                if (size is null)
                    return await BufferAsync(key, answer, cancellationToken).ConfigureAwait(false);
            }

            var found = OssObject.Read(answer.Response, key, size);
            return new ObjectReader(
                found.Info,
                new HttpContentStream(
                    found.Info,
                    bucket.Errors.PathOf(key),
                    answer.Response,
                    (from, token) => ReopenAsync(found.Info, versionId, from, token),
                    e => bucket.Errors.Wrap("read", key, Permission, ServiceFailure.From(e))
                )
            );
        }

        throw new StoreException(
            StoreErrorKind.Replaced,
            "read",
            bucket.Errors.PathOf(key),
            "it is replaced faster than it can be read; read it again",
            isTransient: true
        );
    }

    private static OssRequest Request(string key, string? versionId, long from) =>
        new(HttpMethod.Get, key)
        {
            Streams = true,
            Query = versionId is null ? [] : [("versionId", versionId)],
            // Without the second one, a range that is none is answered with the whole object.
            Headers = from > 0 ? [("Range", $"bytes={from}-"), ("x-oss-range-behavior", "standard")] : [],
        };

    /// <summary>Reads at once what nobody knows the length of.</summary>
    private static async ValueTask<ObjectReader?> BufferAsync(string key, ServiceAnswer answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var bytes = await answer.Response!.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new ObjectReader(OssObject.Read(answer.Response, key, bytes.Length).Info, new MemoryStream(bytes, writable: false));
        }
    }

    private async ValueTask<HttpResponseMessage?> ReopenAsync(
        ObjectInfo info,
        string? versionId,
        long from,
        CancellationToken cancellationToken
    )
    {
        var answer = await bucket.SendAsync(Request(info.Key, versionId, from), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true } or { Status: HttpStatusCode.RequestedRangeNotSatisfiable })
            return null;
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("read", info.Key, Permission, failure);
        if (OssObject.Read(answer.Response!, info.Key).Info.Version == info.Version)
            return answer.Response;
        answer.Dispose();
        return null;
    }
}
