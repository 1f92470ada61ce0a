using System.Net.Http;
using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs;

/// <summary>Opens objects, in their current generation or in an older one that the bucket has kept.</summary>
internal sealed class GcsReader(GcsBucket bucket)
{
    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? generation, CancellationToken cancellationToken)
    {
        if (GcsBucket.Validate(key) is not null || (generation is not null && !GcsUris.IsGeneration(new ObjectVersion(generation)))) return null;
        var answer = await bucket.SendAsync(Request(key, generation, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            if (!failure.IsAbsence) throw bucket.Errors.Wrap("read", key, "storage.objects.get", failure);
            await bucket.RequireAsync("read", key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (GcsContentHeaders.Read(answer.Response!, key) is { } headers)
            return new ObjectReader(headers.Info, new GcsContentStream(bucket, headers, answer.Response!));

        // A server that says little of the content, as some emulators do; or content that is compressed at rest and unpacked on its way.
        answer.Dispose();
        return await OpenKnownAsync(key, generation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the object's content from some byte on.</summary>
    internal static GcsRequest Request(GcsUris uris, string key, string? generation, long from) =>
        new(HttpMethod.Get, uris.Object(key, ("alt", "media"), ("generation", generation)))
        {
            Streams = true,
            Headers = from > 0 ? [("Range", $"bytes={from}-")] : [],
        };

    private GcsRequest Request(string key, string? generation, long from) => Request(bucket.Uris, key, generation, from);

    private async ValueTask<ObjectReader?> OpenKnownAsync(string key, string? generation, CancellationToken cancellationToken)
    {
        var described = generation is null ? await bucket.FindAsync("read", key, cancellationToken).ConfigureAwait(false) : null;
        generation ??= described?.Generation;
        if (generation is null) return null;
        using var answer = await bucket.SendAsync(Request(key, generation, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw bucket.Errors.Wrap("read", key, "storage.objects.get", failure);
        var bytes = await answer.Response!.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var info = new ObjectInfo(key, bytes.Length, new ObjectVersion(generation), described?.Info.LastModified ?? answer.Response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch);
        return new ObjectReader(info, new MemoryStream(bytes, writable: false));
    }
}
