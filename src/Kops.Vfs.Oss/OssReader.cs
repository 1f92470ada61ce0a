using System.Net;
using System.Net.Http;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Transport;

namespace Kops.Vfs.Oss;

/// <summary>Opens objects.</summary>
internal sealed class OssReader(OssBucket bucket)
{
    private const string Permission = "oss:GetObject";

    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OssBucket.Validate(key) is not null) return null;
        var answer = await bucket.SendAsync(Request(key, versionId, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            if (!failure.IsAbsence) throw bucket.Errors.Wrap("read", key, Permission, failure);
            await bucket.RequireAsync("read", key, failure, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var found = OssObject.Read(answer.Response!, key);
        return new ObjectReader(found.Info, new HttpContentStream(
            found.Info, bucket.Errors.PathOf(key), answer.Response!, (from, token) => ReopenAsync(found.Info, versionId, from, token),
            e => bucket.Errors.Wrap("read", key, Permission, ServiceFailure.From(e))));
    }

    private static OssRequest Request(string key, string? versionId, long from) => new(HttpMethod.Get, key)
    {
        Streams = true,
        Query = versionId is null ? [] : [("versionId", versionId)],
        // Without the second one, a range that is none is answered with the whole object.
        Headers = from > 0 ? [("Range", $"bytes={from}-"), ("x-oss-range-behavior", "standard")] : [],
    };

    private async ValueTask<HttpResponseMessage?> ReopenAsync(ObjectInfo info, string? versionId, long from, CancellationToken cancellationToken)
    {
        var answer = await bucket.SendAsync(Request(info.Key, versionId, from), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true } or { Status: HttpStatusCode.RequestedRangeNotSatisfiable }) return null;
        if (answer.Failure is { } failure) throw bucket.Errors.Wrap("read", info.Key, Permission, failure);
        if (OssObject.Read(answer.Response!, info.Key).Info.Version == info.Version) return answer.Response;
        answer.Dispose();
        return null;
    }
}
