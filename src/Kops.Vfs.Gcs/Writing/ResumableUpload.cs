using System.Globalization;
using System.Net;
using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>
/// Uploads what is larger than a chunk, chunk by chunk; after a failure it goes on from where the service stands. One chunk is held in
/// memory.
/// </summary>
/// <remarks>Source: "Resumable uploads" and "Perform resumable uploads".</remarks>
internal sealed class ResumableUpload(GcsBucket bucket)
{
    private static readonly TimeSpan AbandonTimeout = TimeSpan.FromSeconds(10);

    /// <param name="key">The object.</param>
    /// <param name="first">Its first chunk, full.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="length">The length that was promised; null for none.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="cancellationToken">Stops it; the upload is given up.</param>
    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        byte[] first,
        PartReader rest,
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
            return await bucket.SettleAsync(key, condition, mark, refusal, cancellationToken).ConfigureAwait(false);
        try
        {
            var crc = new Crc32C();
            RestFailure? lost = null;
            for (ReadOnlyMemory<byte> chunk = first; ; chunk = await rest.NextAsync(first, cancellationToken).ConfigureAwait(false))
            {
                crc.Append(chunk.Span);
                // A length that is known is said with every chunk: some emulators take a chunk without it for the whole.
                var total = length ?? (rest.IsAtEnd ? rest.Total : null);
                var answer = await SendAsync(session, chunk, rest.Total - chunk.Length, total, rest.IsAtEnd, cancellationToken)
                    .ConfigureAwait(false);
                lost = answer.Lost ?? lost;
                if (answer.Failure is not null || rest.IsAtEnd)
                    return await FinishAsync(key, condition, mark, answer with { Lost = lost }, crc.Text, cancellationToken)
                        .ConfigureAwait(false);
                if (answer.Response is not { StatusCode: HttpStatusCode.PermanentRedirect })
                    throw await CutShortAsync(key, answer, cancellationToken).ConfigureAwait(false);
                answer.Dispose();
            }
        }
        catch
        {
            await AbandonAsync(session).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<(string? Session, RestAnswer Refusal)> BeginAsync(
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
        var request = new RestRequest(HttpMethod.Post, uri)
        {
            Body = RestRequest.Bytes(ObjectResource.Write(key, mark), ObjectResource.Json),
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
    private ValueTask<RestAnswer> SendAsync(
        string session,
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
                        return new RestAnswer(
                            null,
                            RestFailure.From(new InvalidDataException($"the service has lost what was sent: it stands at {start + stands}"))
                        );
                    }

                    if (!asking && stands == sent)
                    {
                        // Nothing of it was taken: that is to be tried again, but not for ever.
                        answer.Dispose();
                        return new RestAnswer(
                            null,
                            RestFailure.From(
                                new IOException($"the service takes nothing more of the upload: it stands at {start + stands}")
                            )
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

    private static RestRequest Chunk(string session, ReadOnlyMemory<byte> bytes, long from, long? total) =>
        Put(session, bytes, string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + bytes.Length - 1}/{Length(total)}"));

    private static RestRequest Status(string session, long? total) => Put(session, ReadOnlyMemory<byte>.Empty, $"bytes */{Length(total)}");

    private static RestRequest Put(string session, ReadOnlyMemory<byte> bytes, string range) =>
        new(HttpMethod.Put, session) { Body = RestRequest.Bytes(bytes), Headers = [("Content-Range", range)] };

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
        RestAnswer answer,
        string crc32C,
        CancellationToken cancellationToken
    )
    {
        if (answer.Response is not { } response)
            return await bucket.SettleAsync(key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            var written = await bucket.ReadObjectAsync("write", key, response, cancellationToken).ConfigureAwait(false);
            if (written.Crc32C is null || written.Crc32C == crc32C)
                return WriteOutcome.Written(written.Info.Version!.Value);
            await new GcsDeletion(bucket).DeleteGenerationAsync(key, written.Generation, cancellationToken).ConfigureAwait(false);
            throw bucket.Errors.ArrivedDamaged(key, removed: true);
        }
    }

    /// <summary>A server that takes no chunks has ended the upload with the first one: what it has made of that goes away again.</summary>
    private async ValueTask<StoreException> CutShortAsync(string key, RestAnswer answer, CancellationToken cancellationToken)
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
    private async ValueTask AbandonAsync(string session)
    {
        using var limit = new CancellationTokenSource(AbandonTimeout);
        try
        {
            using var answer = await bucket
                .Connection.TryAsync(new RestRequest(HttpMethod.Delete, session), limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
