using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Oss.Writing;

/// <summary>Writes objects: with one request what fits into a part, the rest in parts.</summary>
/// <remarks>
/// That an object must not exist is a condition that OSS checks itself (<c>x-oss-forbid-overwrite</c>), but not in buckets with versioning.
/// That it
/// must be unchanged OSS cannot check. Both are checked before the write here, and the lock above makes look and write one.
/// </remarks>
internal sealed class OssWriter(OssBucket bucket)
{
    /// <summary>What OSS copies at once.</summary>
    private const long MaxCopyBytes = 1L << 30;

    private readonly OssMultipart _multipart = new(bucket);

    /// <summary>The headers of a write: its mark, its condition, its encryption.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Headers(
        OssOptions options,
        WriteMark mark,
        WriteCondition condition,
        params ReadOnlySpan<(string Name, string Value)> more
    )
    {
        var headers = new List<(string, string)> { (OssObject.MarkHeader, mark.Text), ("Content-Type", "application/octet-stream") };
        if (condition.Kind is WriteConditionKind.IfAbsent)
            headers.Add(("x-oss-forbid-overwrite", "true"));
        if (options.Encryption is { } encryption)
            headers.Add(("x-oss-server-side-encryption", encryption));
        if (options.KmsKeyId is { } key)
            headers.Add(("x-oss-server-side-encryption-key-id", key));
        return [.. headers, .. more];
    }

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OssBucket.Validate(key) is { } problem)
            throw bucket.Errors.Wrong("write", key, problem);
        if (!await HoldsAsync("write", key, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        if (body.Bytes is { } bytes && bytes.Length <= bucket.Options.PartSize)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        var parts = new PartReader(content, bucket.Options.PartSize, body.Length, bucket.Errors.PathOf(key));
        var buffer = parts.NewBuffer();
        var first = await parts.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
        return parts.IsAtEnd
            ? await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false)
            : await _multipart.PutAsync(key, buffer, parts, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies within the bucket.</summary>
    /// <returns>Null when there is nothing to copy, or it is too large for that.</returns>
    internal async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (OssBucket.Validate(target) is { } problem)
            throw bucket.Errors.Wrong("copy", target, problem);
        if (await bucket.FindAsync("copy", source, cancellationToken).ConfigureAwait(false) is not { Info.Size: <= MaxCopyBytes })
            return null;
        if (!await HoldsAsync("copy", target, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        var mark = WriteMark.New(condition);
        var request = OssRequests.To(HttpMethod.Put, target) with
        {
            Body = RestRequest.Bytes(default),
            Headers = Headers(
                bucket.Options,
                mark,
                condition,
                ("x-oss-copy-source", $"/{bucket.Name}/{Uri.EscapeDataString(source)}"),
                ("x-oss-metadata-directive", "REPLACE")
            ),
        };
        var answer = await bucket.Guarded.SendAsync(target, request, condition, mark, cancellationToken).ConfigureAwait(false);
        if (answer is { Failure.IsAbsence: true, Lost: null })
            return null;
        if (answer is { Failure.Status: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed })
            return null;
        var outcome = await bucket.Guarded.SettleAsync("copy", target, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        return await bucket.ConfirmAsync("copy", target, mark, outcome, inParts: false, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> HoldsAsync(string operation, string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.Any
        || condition.HoldsOf((await bucket.FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Info.Version);

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var request = OssRequests.To(HttpMethod.Put, key) with
        {
            Body = RestRequest.Bytes(bytes),
            Headers = Headers(bucket.Options, mark, condition, ("Content-MD5", Convert.ToBase64String(MD5.HashData(bytes.Span)))),
        };
        var answer = await bucket.Guarded.SendAsync(key, request, condition, mark, cancellationToken).ConfigureAwait(false);
        var outcome = await bucket.Guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        return await bucket.ConfirmAsync("write", key, mark, outcome, inParts: false, cancellationToken).ConfigureAwait(false);
    }
}
