using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Oss.Writing;

/// <summary>Writes objects: with one request what fits into a part, the rest in parts.</summary>
/// <remarks>
/// That an object must not exist is a condition that OSS checks itself (<c>x-oss-forbid-overwrite</c>), but not in buckets with versioning.
/// That it
/// must be unchanged OSS cannot check. Both are checked before the write here, and the lock above makes look and write one.
/// </remarks>
internal sealed class OssWriter
{
    /// <summary>What OSS copies at once.</summary>
    private const long MaxCopyBytes = 1L << 30;

    private readonly OssBucket _bucket;
    private readonly GuardedWrite _guarded;
    private readonly OssMultipart _multipart;

    internal OssWriter(OssBucket bucket)
    {
        _bucket = bucket;
        _guarded = new GuardedWrite(bucket, bucket.Connection.Retry);
        _multipart = new OssMultipart(bucket, _guarded);
    }

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
            throw _bucket.Errors.Wrong("write", key, problem);
        if (!await HoldsAsync("write", key, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        if (body.Bytes is { } bytes && bytes.Length <= _bucket.Options.PartSize)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = content.ConfigureAwait(false);
        // One byte more than a part shows that there is more; and one more than was promised, that there is too much.
        var size = _bucket.Options.PartSize;
        var first = new byte[(int)Math.Min(size, body.Length ?? size) + 1];
        var count = await content.ReadAtLeastAsync(first, first.Length, false, cancellationToken).ConfigureAwait(false);
        if (count < first.Length || body.Length < count)
        {
            if (body.Length is { } length && count != length)
                throw LengthDiffers(key, length, count);
            return await PutBytesAsync(key, first.AsMemory(0, count), condition, cancellationToken).ConfigureAwait(false);
        }

        return await _multipart.PutAsync(key, first, content, body.Length, condition, cancellationToken).ConfigureAwait(false);
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
            throw _bucket.Errors.Wrong("copy", target, problem);
        if (await _bucket.FindAsync("copy", source, cancellationToken).ConfigureAwait(false) is not { Info.Size: <= MaxCopyBytes })
            return null;
        if (!await HoldsAsync("copy", target, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        var mark = WriteMark.New(condition);
        var request = new OssRequest(HttpMethod.Put, target)
        {
            Body = _ => ValueTask.FromResult<HttpContent>(new ByteArrayContent([])),
            Headers = Headers(
                _bucket.Options,
                mark,
                condition,
                ("x-oss-copy-source", $"/{_bucket.Name}/{Uri.EscapeDataString(source)}"),
                ("x-oss-metadata-directive", "REPLACE")
            ),
        };
        var answer = await _guarded
            .SendAsync(target, token => _bucket.Connection.TryAsync(request, token), condition, mark, cancellationToken)
            .ConfigureAwait(false);
        if (answer is { Failure.IsAbsence: true, Lost: null })
            return null;
        if (answer is { Failure.Status: HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed })
            return null;
        var outcome = await _guarded.SettleAsync("copy", target, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        return await _bucket.ConfirmAsync("copy", target, mark, outcome, inParts: false, cancellationToken).ConfigureAwait(false);
    }

    internal static StoreException LengthDiffers(OssBucket bucket, string key, long promised, long arrived) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            bucket.Errors.PathOf(key),
            $"the content should have {promised} bytes, and has {(arrived > promised ? "more" : arrived)}"
        );

    private async ValueTask<bool> HoldsAsync(string operation, string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.Any
        || LostWrite.Holds(condition, (await _bucket.FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked);

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var request = new OssRequest(HttpMethod.Put, key)
        {
            Body = _ => ValueTask.FromResult<HttpContent>(new ReadOnlyMemoryContent(bytes)),
            Headers = Headers(_bucket.Options, mark, condition, ("Content-MD5", Convert.ToBase64String(MD5.HashData(bytes.Span)))),
        };
        var answer = await _guarded
            .SendAsync(key, token => _bucket.Connection.TryAsync(request, token), condition, mark, cancellationToken)
            .ConfigureAwait(false);
        var outcome = await _guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        return await _bucket.ConfirmAsync("write", key, mark, outcome, inParts: false, cancellationToken).ConfigureAwait(false);
    }

    private StoreException LengthDiffers(string key, long promised, long arrived) => LengthDiffers(_bucket, key, promised, arrived);
}
