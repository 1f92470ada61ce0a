using System.Net;
using System.Net.Http;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>Writes objects: with one request what is no longer than a chunk, the rest as resumable uploads.</summary>
internal sealed class GcsWriter
{
    private readonly GcsBucket _bucket;
    private readonly ConditionalWrite _conditional;
    private readonly ResumableUpload _resumable;

    internal GcsWriter(GcsBucket bucket)
    {
        _bucket = bucket;
        _conditional = new ConditionalWrite(bucket);
        _resumable = new ResumableUpload(bucket, _conditional);
    }

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (GcsBucket.Validate(key) is { } problem)
            throw Wrong(key, problem);
        if (condition.Kind is WriteConditionKind.IfMatch && !GcsUris.IsGeneration(condition.Version))
            return WriteOutcome.Conflict;
        var chunk = _bucket.Options.ChunkSize;
        if (body.Bytes is { } bytes && bytes.Length <= chunk)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            // One byte more than is promised shows a content that is longer.
            var first = new byte[(int)Math.Min(chunk, (body.Length ?? chunk) + 1)];
            var count = await content.ReadAtLeastAsync(first, first.Length, false, cancellationToken).ConfigureAwait(false);
            if (count < first.Length)
            {
                if (body.Length is { } length && length != count)
                    throw LengthDiffers(key, length, count);
                return await PutBytesAsync(key, first.AsMemory(0, count), condition, cancellationToken).ConfigureAwait(false);
            }

            if (first.Length < chunk)
                throw LengthDiffers(key, body.Length!.Value, count);
            if (body.Length == chunk)
            {
                if (await content.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                    throw LengthDiffers(key, chunk, chunk + 1L);
                return await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false);
            }

            return await _resumable.PutAsync(key, first, content, body.Length, condition, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies within the bucket, in as many steps as the service wants.</summary>
    /// <returns>Null when there is nothing to copy.</returns>
    internal async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (GcsBucket.Validate(target) is { } problem)
            throw Wrong(target, problem);
        if (GcsBucket.Validate(source) is not null)
            return null;
        if (condition.Kind is WriteConditionKind.IfMatch && !GcsUris.IsGeneration(condition.Version))
            return WriteOutcome.Conflict;
        var match = GcsUris.Match(condition);
        var mark = WriteMark.New(condition);
        var resource = ObjectResource.Write(null, mark);
        GcsFailure? lost = null;
        for (string? next = null; ; )
        {
            var uri = _bucket.Uris.Rewrite(
                source,
                target,
                ("ifGenerationMatch", match),
                ("rewriteToken", next),
                ("destinationPredefinedAcl", _bucket.Options.PredefinedAcl),
                ("destinationKmsKeyName", _bucket.Options.KmsKeyName),
                ("fields", $"done,rewriteToken,resource({GcsObject.Fields})")
            );
            var answer = await _bucket
                .SendAsync(new GcsRequest(HttpMethod.Post, uri) { Body = GcsRequest.Json(resource) }, cancellationToken)
                .ConfigureAwait(false);
            lost = answer.Lost ?? lost;
            if (answer.Failure is { IsAbsence: true } && lost is null)
                return null;
            // Not every emulator copies.
            if (answer.Failure is { Status: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed } && next is null)
                return null;
            if (answer.Response is not { } response)
                return await _conditional
                    .SettleAsync(target, condition, mark, answer with { Lost = lost }, cancellationToken)
                    .ConfigureAwait(false);
            using (answer)
            {
                var json = await _bucket.ReadJsonAsync("copy", target, response, cancellationToken).ConfigureAwait(false);
                if (CopyProgress.Read(json) is not { } progress)
                    throw _bucket.Errors.Malformed("copy", target, new System.Text.Json.JsonException("a copy without an end"));
                if (progress.Object is { } done)
                    return WriteOutcome.Written(done.Info.Version!.Value);
                next = progress.Token;
            }
        }
    }

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var match = GcsUris.Match(condition);
        var mark = match is null ? null : WriteMark.New(condition);
        var resource = ObjectResource.Write(key, mark, Crc32C.Of(bytes.Span));
        var uri = _bucket.Uris.Upload(
            ("uploadType", "multipart"),
            ("name", key),
            ("ifGenerationMatch", match),
            ("predefinedAcl", _bucket.Options.PredefinedAcl),
            ("kmsKeyName", _bucket.Options.KmsKeyName),
            ("fields", GcsObject.Fields)
        );
        var answer = await _bucket
            .SendAsync(new GcsRequest(HttpMethod.Post, uri) { Body = () => MultipartBody.Create(resource, bytes) }, cancellationToken)
            .ConfigureAwait(false);
        return await _conditional.SettleAsync(key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }

    private StoreException Wrong(string key, string problem) =>
        new(StoreErrorKind.InvalidArgument, "write", _bucket.Errors.PathOf(key), problem);

    private StoreException LengthDiffers(string key, long promised, long arrived) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            _bucket.Errors.PathOf(key),
            $"the content should have {promised} bytes, and has {(arrived > promised ? "more" : arrived)}"
        );
}
