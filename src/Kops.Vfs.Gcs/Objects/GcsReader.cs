using System.Net.Http;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>Opens objects, in their current generation or in an older one that the bucket has kept.</summary>
internal sealed class GcsReader(GcsBucket bucket)
{
    private const int MaxTries = 5;

    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? generation, CancellationToken cancellationToken)
    {
        if (GcsBucket.Validate(key) is not null || (generation is not null && !GcsUris.IsGeneration(new ObjectVersion(generation))))
            return null;
        var answer = await bucket.SendAsync(Request(key, generation, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            if (!failure.IsAbsence)
                throw bucket.Errors.Wrap("read", key, failure, "storage.objects.get");
            await bucket.RequireAsync("read", key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (GcsContentHeaders.Read(answer.Response!, key) is { } headers)
            return Open(headers, answer.Response!);

        // A server that says little of the content, as some emulators do; or content that is compressed at rest and unpacked on its way.
        answer.Dispose();
        return await OpenKnownAsync(key, generation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the object's content from some byte on.</summary>
    private RestRequest Request(string key, string? generation, long from) =>
        new(HttpMethod.Get, bucket.Uris.Object(key, ("alt", "media"), ("generation", generation)))
        {
            Streams = true,
            Headers = from > 0 ? [("Range", $"bytes={from}-")] : [],
        };

    private ObjectReader Open(GcsContentHeaders headers, HttpResponseMessage response)
    {
        var (key, generation) = (headers.Info.Key, headers.Info.Version!.Value.Value);
        var source = new ContentSource(headers.Info, from => Request(key, generation, from))
        {
            Send = bucket.SendAsync,
            Errors = bucket.Errors,
            Permission = "storage.objects.get",
            Checksum = Crc32CChecksum.Of(headers.Crc32C),
        };
        return new ObjectReader(headers.Info, new RestContentStream(source, response));
    }

    /// <summary>Looks first what there is, and reads that; once more where it was replaced in between.</summary>
    private async ValueTask<ObjectReader?> OpenKnownAsync(string key, string? generation, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await bucket.FindAsync("read", key, generation, cancellationToken).ConfigureAwait(false) is not { } described)
                return null;
            var answer = await bucket.SendAsync(Request(key, described.Generation, 0), cancellationToken).ConfigureAwait(false);
            if (answer.Failure is { IsAbsence: true })
                continue;
            if (answer.Failure is { } failure)
                throw bucket.Errors.Wrap("read", key, failure, "storage.objects.get");
            var length = answer.Response!.Content.Headers.ContentLength;
            if (!described.IsCompressed && (length is null || length > RestConnection.SmallBytes))
                return Open(new GcsContentHeaders(described.Info, described.Crc32C), answer.Response);
            using (answer)
            {
                // What was compressed arrives unpacked, and nobody says how long that is.
                var bytes = await answer.Response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                var info = described.IsCompressed ? described.Info with { Size = bytes.Length, Md5 = null } : described.Info;
                if (bytes.Length == info.Size && (described.IsCompressed || (described.Crc32C ?? Crc32C.Of(bytes)) == Crc32C.Of(bytes)))
                    return new ObjectReader(info, new MemoryStream(bytes, writable: false));
            }
        }

        throw new StoreException(
            StoreErrorKind.Replaced,
            "read",
            bucket.Errors.PathOf(key),
            "what is read is not what the service says of it, as if it were replaced all the time; read it again",
            isTransient: true
        );
    }
}
