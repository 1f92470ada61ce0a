using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.Swift.Objects;

namespace Kops.Vfs.Swift.Writing;

/// <summary>Writes objects: as one request what Swift takes at once, the rest in segments.</summary>
/// <remarks>A condition is checked before the write and not with it: the lock above makes the two one.</remarks>
internal sealed class SwiftWriter
{
    private readonly SwiftContainer _container;
    private readonly SegmentedUpload _segmented;

    internal SwiftWriter(SwiftContainer container, SwiftDeletion deletion, TimeProvider clock)
    {
        _container = container;
        _segmented = new SegmentedUpload(container, deletion, clock);
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
            if (!condition.HoldsOf(old?.Info.Version))
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
            && !condition.HoldsOf((await _container.FindAsync("copy", target, cancellationToken).ConfigureAwait(false))?.Info.Version)
        )
            return WriteOutcome.Conflict;
        var from = $"/{Uri.EscapeDataString(_container.Name)}/{Uri.EscapeDataString(source)}";
        var mark = WriteMark.New(condition);
        // A header of a condition would be the source's.
        var request = Put(_container, target, mark, WriteCondition.Any, null, ("X-Copy-From", from), SwiftReader.Newest);
        var answer = await _container.Guarded.SendAsync(target, request, condition, mark, cancellationToken).ConfigureAwait(false);
        if (answer is { Failure.IsAbsence: true, Lost: null })
            return null;
        return await _container.Guarded.SettleAsync("copy", target, condition, mark, answer, cancellationToken).ConfigureAwait(false);
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
            var size = (int)Math.Min(options.BufferSize, options.SegmentThreshold);
            var parts = new PartReader(content, size, body.Length, _container.Errors.PathOf(key));
            var first = await parts.NextAsync(parts.NewBuffer(), cancellationToken).ConfigureAwait(false);
            if (parts.IsAtEnd)
                return await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false);
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
        var request = Put(_container, key, mark, condition, RestRequest.Bytes(bytes), ("ETag", md5));
        var answer = await _container.Guarded.SendAsync(key, request, condition, mark, cancellationToken).ConfigureAwait(false);
        return await _container.Guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
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
        var path = _container.Errors.PathOf(key);
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
                    sent = new MeasuredStream(source, length, exact: true, arrived => LengthDiffers.Of(path, length, arrived));
                    return new StreamContent(sent) { Headers = { ContentLength = length } };
                }
            );
            var answer = await _container
                .Guarded.SendAsync(key, request, condition, mark, cancellationToken, () => sent?.Error)
                .ConfigureAwait(false);
            if (answer.Response is not null && await source!.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                await RejectAsync(LengthDiffers.Of(path, length, length + 1)).ConfigureAwait(false);
            if (answer.Response is { } response && response.Header("ETag")?.Trim('"') is { } etag && etag != sent!.Md5)
                await RejectAsync(_container.Errors.ArrivedDamaged(key, removed: true)).ConfigureAwait(false);
            return await _container.Guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }

        async ValueTask RejectAsync(StoreException error)
        {
            using var removed = await _container
                .SendAsync(new RestRequest(HttpMethod.Delete, _container.PathTo(key)), cancellationToken)
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
    internal static RestRequest Put(
        SwiftContainer container,
        string key,
        WriteMark mark,
        WriteCondition condition,
        Func<CancellationToken, ValueTask<HttpContent>>? body,
        params ReadOnlySpan<(string Name, string Value)> headers
    ) =>
        new(HttpMethod.Put, container.PathTo(key))
        {
            Body = body ?? RestRequest.Bytes(default),
            Headers =
            [
                (SwiftObject.MarkHeader, mark.Text),
                ("Content-Type", "application/octet-stream"),
                // Not atomic, but it narrows the gap.
                .. condition.Kind is WriteConditionKind.IfAbsent ? [("If-None-Match", "*")] : Array.Empty<(string, string)>(),
                .. headers,
            ],
        };
}
