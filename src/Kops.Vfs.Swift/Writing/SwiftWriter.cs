using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Swift.Writing;

/// <summary>Writes objects: as one request what Swift takes at once, the rest in segments.</summary>
/// <remarks>A condition is checked before the write and not with it: the lock above makes the two one.</remarks>
internal sealed class SwiftWriter
{
    private readonly SwiftContainer _container;
    private readonly GuardedWrite _guarded;
    private readonly SegmentedUpload _segmented;

    internal SwiftWriter(SwiftContainer container, SwiftDeletion deletion, TimeProvider clock)
    {
        _container = container;
        _guarded = new GuardedWrite(container, container.Connection.Retry);
        _segmented = new SegmentedUpload(container, _guarded, deletion, clock);
    }

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SwiftContainer.Validate(key) is { } problem)
            throw _container.Errors.Wrong("write", key, problem);
        SwiftObject? old = null;
        if (condition.Kind is WriteConditionKind.IfMatch)
        {
            old = await _container.FindAsync("write", key, cancellationToken).ConfigureAwait(false);
            if (!LostWrite.Holds(condition, old?.Marked))
                return WriteOutcome.Conflict;
        }

        var outcome = await SendAsync(key, body, condition, cancellationToken).ConfigureAwait(false);
        if (old is { IsSegmented: true } && outcome.Version is { } written)
            await _segmented.RemoveOthersAsync(key, written.Value, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Copies within the container.</summary>
    /// <returns>Null when there is nothing to copy, or it is in segments, which would then have two owners.</returns>
    internal async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (SwiftContainer.Validate(target) is { } problem)
            throw _container.Errors.Wrong("copy", target, problem);
        if (await _container.FindAsync("copy", source, cancellationToken).ConfigureAwait(false) is not { IsSegmented: false })
            return null;
        if (
            condition.Kind is not WriteConditionKind.Any
            && !LostWrite.Holds(condition, (await _container.FindAsync("copy", target, cancellationToken).ConfigureAwait(false))?.Marked)
        )
            return WriteOutcome.Conflict;
        var from = $"/{Uri.EscapeDataString(_container.Name)}/{Uri.EscapeDataString(source)}";
        var mark = WriteMark.New(condition);
        // A header of a condition would be the source's.
        var request = Put(_container, target, mark, WriteCondition.Any, null, ("X-Copy-From", from), SwiftReader.Newest);
        var answer = await SendAsync(target, request, condition, mark, cancellationToken).ConfigureAwait(false);
        if (answer is { Failure.IsAbsence: true, Lost: null })
            return null;
        return await _guarded.SettleAsync("copy", target, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<WriteOutcome> SendAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var options = _container.Options;
        if (body.Bytes is { } bytes && bytes.Length <= options.SegmentThreshold)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);
        if (body.Length > options.BufferSize && body.Length <= options.SegmentThreshold)
            return await PutStreamAsync(key, body, body.Length.Value, condition, cancellationToken).ConfigureAwait(false);
        if (body.Length > options.SegmentThreshold)
            return await _segmented.PutAsync(key, body, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            // One byte more than is promised shows a content that is longer.
            var size = (int)Math.Min(options.BufferSize, options.SegmentThreshold);
            var first = new byte[(int)Math.Min(size, body.Length ?? size) + 1];
            var count = await content.ReadAtLeastAsync(first, first.Length, false, cancellationToken).ConfigureAwait(false);
            if (body.Length is { } length && count != length)
                throw LengthDiffers(key, length, count);
            if (count < first.Length)
                return await PutBytesAsync(key, first.AsMemory(0, count), condition, cancellationToken).ConfigureAwait(false);
        }

        return await _segmented.PutAsync(key, body, condition, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var md5 = Convert.ToHexStringLower(MD5.HashData(bytes.Span));
        var request = Put(
            _container,
            key,
            mark,
            condition,
            _ => ValueTask.FromResult<HttpContent>(new ReadOnlyMemoryContent(bytes)),
            ("ETag", md5)
        );
        var answer = await SendAsync(key, request, condition, mark, cancellationToken).ConfigureAwait(false);
        return await _guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<WriteOutcome> PutStreamAsync(
        string key,
        ObjectBody body,
        long length,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        MeasuredStream? sent = null;
        Stream? source = null;
        try
        {
            var request = Put(
                _container,
                key,
                mark,
                condition,
                async token =>
                {
                    await CloseAsync().ConfigureAwait(false);
                    source = await body.OpenAsync(token).ConfigureAwait(false);
                    sent = new MeasuredStream(source, length, exact: true, arrived => LengthDiffers(key, length, arrived));
                    return new StreamContent(sent) { Headers = { ContentLength = length } };
                }
            );
            var answer = await SendAsync(key, request, condition, mark, cancellationToken, () => sent?.Error).ConfigureAwait(false);
            if (answer.Response is not null && await source!.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                await RejectAsync(LengthDiffers(key, length, length + 1)).ConfigureAwait(false);
            if (answer.Response is { } response && SwiftObject.Header(response, "ETag")?.Trim('"') is { } etag && etag != sent!.Md5)
                await RejectAsync(
                        new StoreException(
                            StoreErrorKind.Corrupt,
                            "write",
                            _container.Errors.PathOf(key),
                            "what arrived at the store is not what was sent, and has been removed; try again"
                        )
                    )
                    .ConfigureAwait(false);
            return await _guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }

        async ValueTask RejectAsync(StoreException error)
        {
            using var removed = await _container
                .SendAsync(new SwiftRequest(HttpMethod.Delete, _container.PathTo(key)), cancellationToken)
                .ConfigureAwait(false);
            ExceptionDispatchInfo.Throw(error);
        }

        async ValueTask CloseAsync()
        {
            sent?.Release();
            if (source is not null)
                await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A PUT that leaves its mark.</summary>
    internal static SwiftRequest Put(
        SwiftContainer container,
        string key,
        WriteMark mark,
        WriteCondition condition,
        Func<CancellationToken, ValueTask<HttpContent>>? body,
        params ReadOnlySpan<(string Name, string Value)> headers
    ) =>
        new(HttpMethod.Put, container.PathTo(key))
        {
            Body = body ?? (_ => ValueTask.FromResult<HttpContent>(new ByteArrayContent([]))),
            Headers =
            [
                (SwiftObject.MarkHeader, mark.Text),
                ("Content-Type", "application/octet-stream"),
                // Not atomic, but it narrows the gap.
                .. condition.Kind is WriteConditionKind.IfAbsent ? [("If-None-Match", "*")] : Array.Empty<(string, string)>(),
                .. headers,
            ],
        };

    private ValueTask<ServiceAnswer> SendAsync(
        string key,
        SwiftRequest request,
        WriteCondition condition,
        WriteMark mark,
        CancellationToken cancellationToken,
        Func<Exception?>? sourceError = null
    ) => _guarded.SendAsync(key, token => _container.Connection.TryAsync(request, token), condition, mark, cancellationToken, sourceError);

    private StoreException LengthDiffers(string key, long promised, long arrived) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            _container.Errors.PathOf(key),
            $"the content should have {promised} bytes, and has {(arrived > promised ? "more" : arrived)}"
        );
}
