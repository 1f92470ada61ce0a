using System.Globalization;
using System.Net;
using System.Net.Http;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>
/// Uploads what is larger than a chunk, chunk by chunk; after a failure it goes on from where the service stands. Two chunks are held in
/// memory: one that is sent, and the next one, which tells whether the first is the last.
/// </summary>
/// <remarks>Source: "Resumable uploads" and "Perform resumable uploads".</remarks>
internal sealed class ResumableUpload(GcsBucket bucket, ConditionalWrite conditional)
{
    private static readonly TimeSpan AbandonTimeout = TimeSpan.FromSeconds(10);

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        byte[] first,
        Stream rest,
        long? length,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var match = GcsUris.Match(condition);
        // The mark tells of lost answers, also where the write has no condition: an upload that is complete cannot be sent again.
        var mark = WriteMark.New(condition);
        var (session, refusal) = await BeginAsync(key, mark, match, length, cancellationToken).ConfigureAwait(false);
        if (session is null)
            return await conditional.SettleAsync(key, condition, mark, refusal, cancellationToken).ConfigureAwait(false);
        try
        {
            var crc = new Crc32C();
            long start = 0;
            GcsFailure? lost = null;
            byte[] current = first,
                next = new byte[first.Length];
            for (var count = first.Length; ; )
            {
                crc.Append(current.AsSpan(0, count));
                var following = await rest.ReadAtLeastAsync(next, next.Length, false, cancellationToken).ConfigureAwait(false);
                var isLast = following == 0;
                if (length is { } promised && start + count + following is var known && (known > promised || (isLast && known < promised)))
                    throw Wrong(key, $"the content should have {promised} bytes, and has {(known > promised ? "more" : known)}");
                // A length that is known is said with every chunk: some emulators take a chunk without it for the whole.
                var total = length ?? (isLast ? start + count : null);
                var answer = await SendAsync(session, current.AsMemory(0, count), start, total, isLast, cancellationToken)
                    .ConfigureAwait(false);
                lost = answer.Lost ?? lost;
                if (answer.Failure is not null || isLast)
                    return await FinishAsync(key, condition, mark, answer with { Lost = lost }, crc.Text, cancellationToken)
                        .ConfigureAwait(false);
                if (answer.Response is not { StatusCode: HttpStatusCode.PermanentRedirect })
                    throw await CutShortAsync(key, answer, cancellationToken).ConfigureAwait(false);
                answer.Dispose();
                start += count;
                count = following;
                (current, next) = (next, current);
            }
        }
        catch
        {
            await AbandonAsync(session).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<(Uri? Session, GcsAnswer Refusal)> BeginAsync(
        string key,
        WriteMark mark,
        string? match,
        long? length,
        CancellationToken cancellationToken
    )
    {
        var uri = bucket.Uris.Upload(
            ("uploadType", "resumable"),
            ("name", key),
            ("ifGenerationMatch", match),
            ("predefinedAcl", bucket.Options.PredefinedAcl),
            ("kmsKeyName", bucket.Options.KmsKeyName),
            ("fields", GcsObject.Fields)
        );
        var request = new GcsRequest(HttpMethod.Post, uri)
        {
            Body = GcsRequest.Json(ObjectResource.Write(key, mark)),
            Headers =
            [
                ("X-Upload-Content-Type", ObjectResource.ContentType),
                .. length is { } known
                    ? [("X-Upload-Content-Length", known.ToString(CultureInfo.InvariantCulture))]
                    : Array.Empty<(string, string)>(),
            ],
        };
        var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // Nothing is written yet: to begin twice does no harm, and a refusal is one whatever became of earlier tries.
        if (answer.Response is not { } response)
            return (null, answer with { Lost = null });
        using (answer)
        {
            var location =
                response.Headers.Location
                ?? throw bucket.Errors.Malformed("write", key, new System.Text.Json.JsonException("an upload without an address"));
            return (bucket.Uris.Session(location), default);
        }
    }

    /// <summary>Sends a chunk until the service has all of it.</summary>
    /// <param name="session">The upload.</param>
    /// <param name="chunk">The bytes.</param>
    /// <param name="start">Where they stand in the content.</param>
    /// <param name="total">Length of the content; null where nobody knows yet.</param>
    /// <param name="isLast">Whether the content ends with it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private ValueTask<GcsAnswer> SendAsync(
        Uri session,
        ReadOnlyMemory<byte> chunk,
        long start,
        long? total,
        bool isLast,
        CancellationToken cancellationToken
    )
    {
        var sent = 0;
        var asking = false;
        return bucket.Connection.Retry.RunAsync(
            async token =>
            {
                while (true)
                {
                    var request = asking ? Status(session, total) : Chunk(session, chunk[sent..], start + sent, total);
                    var answer = await bucket.Connection.TryAsync(request, token).ConfigureAwait(false);
                    // After a failure the service is asked how far it has come.
                    asking = answer.Failure is { IsTransient: true };
                    if (answer.Response is not { StatusCode: HttpStatusCode.PermanentRedirect } response)
                        return answer;
                    var stands = Received(response) - start;
                    if (stands < sent || stands > chunk.Length)
                    {
                        answer.Dispose();
                        return new GcsAnswer(
                            null,
                            GcsFailure.From(new InvalidDataException($"the service has lost what was sent: it stands at {start + stands}"))
                        );
                    }

                    if (!asking && stands == sent)
                    {
                        // Nothing of it was taken: that is to be tried again, but not for ever.
                        answer.Dispose();
                        return new GcsAnswer(
                            null,
                            GcsFailure.From(new IOException($"the service takes nothing more of the upload: it stands at {start + stands}"))
                        );
                    }

                    sent = (int)stands;
                    if (sent == chunk.Length && !isLast)
                        return answer;
                    answer.Dispose();
                    // All is there, and yet it is not complete: the service closes the upload when it is asked.
                    asking = sent == chunk.Length;
                }
            },
            cancellationToken
        );
    }

    private static GcsRequest Chunk(Uri session, ReadOnlyMemory<byte> bytes, long from, long? total) =>
        Put(session, bytes, string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + bytes.Length - 1}/{Length(total)}"));

    private static GcsRequest Status(Uri session, long? total) => Put(session, ReadOnlyMemory<byte>.Empty, $"bytes */{Length(total)}");

    private static GcsRequest Put(Uri session, ReadOnlyMemory<byte> bytes, string range) =>
        new(HttpMethod.Put, session) { Body = () => new ReadOnlyMemoryContent(bytes), Headers = [("Content-Range", range)] };

    private static string Length(long? total) => total?.ToString(CultureInfo.InvariantCulture) ?? "*";

    /// <summary>How many bytes the service has: <c>Range: bytes=0-N</c>, or no such header for none.</summary>
    private static long Received(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Range", out var values) && !response.Content.Headers.TryGetValues("Range", out values))
            return 0;
        var text = values.First();
        return long.TryParse(
            text.AsSpan(text.IndexOf('-', StringComparison.Ordinal) + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var last
        )
            ? last + 1
            : 0;
    }

    private async ValueTask<WriteOutcome> FinishAsync(
        string key,
        WriteCondition condition,
        WriteMark mark,
        GcsAnswer answer,
        string crc32C,
        CancellationToken cancellationToken
    )
    {
        if (answer.Response is not { } response)
            return await conditional.SettleAsync(key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            var written = await bucket.ReadObjectAsync("write", key, response, cancellationToken).ConfigureAwait(false);
            if (written.Crc32C is null || written.Crc32C == crc32C)
                return WriteOutcome.Written(written.Info.Version!.Value);
            await new GcsDeletion(bucket).DeleteGenerationAsync(key, written.Generation, cancellationToken).ConfigureAwait(false);
            throw new StoreException(
                StoreErrorKind.Corrupt,
                "write",
                bucket.Errors.PathOf(key),
                "what arrived at the service is not what was sent, and has been removed; try again"
            );
        }
    }

    /// <summary>A server that takes no chunks has ended the upload with the first one: what it has made of that goes away again.</summary>
    private async ValueTask<StoreException> CutShortAsync(string key, GcsAnswer answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var written = await bucket.ReadObjectAsync("write", key, answer.Response!, cancellationToken).ConfigureAwait(false);
            await new GcsDeletion(bucket).DeleteGenerationAsync(key, written.Generation, cancellationToken).ConfigureAwait(false);
        }

        return new StoreException(
            StoreErrorKind.Unsupported,
            "write",
            bucket.Errors.PathOf(key),
            $"the server at {bucket.Options.Endpoint.Authority} takes no uploads in chunks, and so nothing longer than "
                + $"{bucket.Options.ChunkSize >> 10} KiB; take another emulator"
        );
    }

    /// <summary>
    /// An upload that is given up need not stay until it expires. What led here is the error to report, not that this fails too.
    /// </summary>
    private async ValueTask AbandonAsync(Uri session)
    {
        using var limit = new CancellationTokenSource(AbandonTimeout);
        try
        {
            using var answer = await bucket
                .Connection.TryAsync(new GcsRequest(HttpMethod.Delete, session), limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }

    private StoreException Wrong(string key, string problem) => new(StoreErrorKind.Corrupt, "write", bucket.Errors.PathOf(key), problem);
}
