using System.Net;
using System.Net.Http;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Objects;

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
                    throw bucket.Errors.Wrap("read", key, failure, Permission);
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

            var found = OssObject.Read(answer.Response, key, size).Info;
            var source = new ContentSource(found, from => Request(key, versionId, from))
            {
                Send = bucket.SendAsync,
                Errors = bucket.Errors,
                Permission = Permission,
                VersionOf = response => OssObject.Read(response, key).Info.Version,
                Checksum = Md5Checksum.Of(found.Md5),
            };
            return new ObjectReader(found, new RestContentStream(source, answer.Response));
        }

        throw bucket.Errors.ReplacedTooFast(key);
    }

    private static RestRequest Request(string key, string? versionId, long from) =>
        OssRequests.To(HttpMethod.Get, key, versionId is null ? [] : [("versionId", versionId)]) with
        {
            Streams = true,
            // Without the second one, a range that is none is answered with the whole object.
            Headers = from > 0 ? [("Range", $"bytes={from}-"), ("x-oss-range-behavior", "standard")] : [],
        };

    /// <summary>Reads at once what nobody knows the length of.</summary>
    private static async ValueTask<ObjectReader?> BufferAsync(string key, RestAnswer answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var bytes = await answer.Response!.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new ObjectReader(OssObject.Read(answer.Response, key, bytes.Length).Info, new MemoryStream(bytes, writable: false));
        }
    }
}
