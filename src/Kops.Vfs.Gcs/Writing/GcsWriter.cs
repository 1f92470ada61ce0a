using System.Net;
using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>Writes objects: with one request what is no longer than a chunk, the rest as resumable uploads.</summary>
internal sealed class GcsWriter(GcsBucket bucket)
{
    private readonly ResumableUpload _resumable = new(bucket);

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (GcsBucket.Validate(key) is { } problem)
            throw bucket.Errors.Wrong("write", key, problem);
        if (condition.Kind is WriteConditionKind.IfMatch && !GcsUris.IsGeneration(condition.Version))
            return WriteOutcome.Conflict;
        var chunk = bucket.Options.ChunkSize;
        if (body.Bytes is { } bytes && bytes.Length <= chunk)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var parts = new PartReader(content, chunk, body.Length, bucket.Errors.PathOf(key));
            var buffer = parts.NewBuffer();
            var first = await parts.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
            return parts.IsAtEnd
                ? await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false)
                : await _resumable.PutAsync(key, buffer, parts, body.Length, condition, cancellationToken).ConfigureAwait(false);
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
            throw bucket.Errors.Wrong("write", target, problem);
        if (GcsBucket.Validate(source) is not null)
            return null;
        if (condition.Kind is WriteConditionKind.IfMatch && !GcsUris.IsGeneration(condition.Version))
            return WriteOutcome.Conflict;
        var match = GcsUris.Match(condition);
        var mark = WriteMark.New(condition);
        var resource = ObjectResource.Write(null, mark);
        RestFailure? lost = null;
        for (string? next = null; ; )
        {
            var uri = bucket.Uris.Rewrite(
                source,
                target,
                ("ifGenerationMatch", match),
                ("rewriteToken", next),
                ("destinationPredefinedAcl", bucket.Options.PredefinedAcl),
                ("destinationKmsKeyName", bucket.Options.KmsKeyName),
                ("fields", $"done,rewriteToken,resource({GcsObject.Fields})")
            );
            var answer = await bucket
                .SendAsync(
                    new RestRequest(HttpMethod.Post, uri) { Body = RestRequest.Bytes(resource, ObjectResource.Json) },
                    cancellationToken
                )
                .ConfigureAwait(false);
            lost = answer.Lost ?? lost;
            if (answer.Failure is { IsAbsence: true } && lost is null)
                return null;
            // Not every emulator copies.
            if (answer.Failure is { Status: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed } && next is null)
                return null;
            if (answer.Response is not { } response)
                return await bucket
                    .SettleAsync(target, condition, mark, answer with { Lost = lost }, cancellationToken)
                    .ConfigureAwait(false);
            using (answer)
            {
                var json = await bucket.ReadJsonAsync("copy", target, response, cancellationToken).ConfigureAwait(false);
                if (CopyProgress.Read(json) is not { } progress)
                    throw bucket.Errors.Malformed("copy", target, new System.Text.Json.JsonException("a copy without an end"));
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
        var uri = bucket.Uris.Upload(
            ("uploadType", "multipart"),
            ("name", key),
            ("ifGenerationMatch", match),
            ("predefinedAcl", bucket.Options.PredefinedAcl),
            ("kmsKeyName", bucket.Options.KmsKeyName),
            ("fields", GcsObject.Fields)
        );
        var answer = await bucket
            .SendAsync(
                new RestRequest(HttpMethod.Post, uri) { Body = _ => ValueTask.FromResult(MultipartBody.Create(resource, bytes)) },
                cancellationToken
            )
            .ConfigureAwait(false);
        return await bucket.SettleAsync(key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }
}
