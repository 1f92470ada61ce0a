using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.Swift.Objects;

namespace Kops.Vfs.Swift.Writing;

/// <summary>
/// Writes a large object: its segments first, in the container <c>NAME_segments</c> (as Swift's own client does), then the manifest that
/// makes them one object. Until then readers see the old object.
/// </summary>
/// <remarks>Source: Swift, "Large objects", static large objects.</remarks>
internal sealed class SegmentedUpload(SwiftContainer container, SwiftDeletion deletion, TimeProvider clock)
{
    private readonly SwiftContainer _container = container;

    private string SegmentsName => _container.Name + "_segments";

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var written = new List<Segment>();
        try
        {
            await CreateContainerAsync(key, cancellationToken).ConfigureAwait(false);
            await WriteSegmentsAsync(key, mark.Id, body, written, cancellationToken).ConfigureAwait(false);
            var manifest = Manifest(written);
            var request = SwiftWriter.Put(_container, key, mark, condition, RestRequest.Bytes(manifest));
            request = request with { Path = _container.PathTo(key, ("multipart-manifest", "put")) };
            var answer = await _container.Guarded.SendAsync(key, request, condition, mark, cancellationToken).ConfigureAwait(false);
            var outcome = await _container
                .Guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Version is null)
                await AbandonAsync(written).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception e) when (e is not StoreException { IsTransient: false, Kind: StoreErrorKind.Unavailable })
        {
            // What led here is the error to report; where it is unknown whether the manifest stands, its segments stay.
            await AbandonAsync(written).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes the segments of what an object was before.</summary>
    internal async ValueTask RemoveOthersAsync(string key, string keep, CancellationToken cancellationToken)
    {
        using var segments = new SwiftContainer(SegmentsName, SegmentsName, _container.Options, clock);
        var old = new List<string>();
        await foreach (var row in new SwiftListing(segments).RowsAsync(Prefix(key), null, null, cancellationToken).ConfigureAwait(false))
        {
            if (row.Text("name") is { } name && !name.StartsWith(Prefix(key) + keep, StringComparison.Ordinal))
                old.Add(name);
        }

        if (old.Count > 0)
            await deletion.DeleteManyAsync("write", SegmentsName, old, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where an object's segments stand; longer keys than that are hashed.</summary>
    private static string Prefix(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key))) + "/";

    private async ValueTask WriteSegmentsAsync(
        string key,
        string id,
        ObjectBody body,
        List<Segment> written,
        CancellationToken cancellationToken
    )
    {
        var source = new RewindableSource(body);
        await using var closing = source.ConfigureAwait(false);
        var size = _container.Options.SegmentSize;
        for (long start = 0; ; )
        {
            var left = body.Length - start;
            if (left == 0)
                break;
            var name = $"{Prefix(key)}{id}/{written.Count.ToString("d8", CultureInfo.InvariantCulture)}";
            var (segment, isLast) = await WriteSegmentAsync(
                    key,
                    name,
                    source,
                    start,
                    Math.Min(size, left ?? size),
                    body.Length,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (segment.Size > 0)
                written.Add(segment);
            start += segment.Size;
            if (isLast)
                break;
        }

        if (body.Length is { } promised && await source.HasMoreAsync(promised, cancellationToken).ConfigureAwait(false))
            throw LengthDiffers.Of(_container.Errors.PathOf(key), promised, promised + 1);
    }

    private async ValueTask<(Segment Segment, bool IsLast)> WriteSegmentAsync(
        string key,
        string name,
        RewindableSource source,
        long start,
        long size,
        long? promised,
        CancellationToken cancellationToken
    )
    {
        MeasuredStream? sent = null;
        try
        {
            var request = new RestRequest(HttpMethod.Put, $"/{Uri.EscapeDataString(SegmentsName)}/{Uri.EscapeDataString(name)}")
            {
                Body = async token =>
                {
                    sent?.Release();
                    sent = new MeasuredStream(
                        await source.OpenAsync(start, token).ConfigureAwait(false),
                        size,
                        promised is not null,
                        arrived => LengthDiffers.Of(_container.Errors.PathOf(key), promised!.Value, start + arrived)
                    );
                    return promised is not null ? new StreamContent(sent) { Headers = { ContentLength = size } } : new StreamContent(sent);
                },
            };
            using var answer = await _container
                .Guarded.SendAsync(
                    name,
                    request,
                    WriteCondition.Any,
                    WriteMark.New(WriteCondition.Any),
                    cancellationToken,
                    () => sent?.Error
                )
                .ConfigureAwait(false);
            if (answer.Failure is { } failure)
                throw _container.Errors.Wrap("write", key, failure);
            if (answer.Response!.Header("ETag")?.Trim('"') is { } etag && etag != sent!.Md5)
                throw _container.Errors.ArrivedDamaged(key, removed: false);
            source.Advance(sent!.Count);
            return (new Segment(name, sent.Md5, sent.Count), sent.IsAtEnd);
        }
        finally
        {
            sent?.Release();
        }
    }

    private async ValueTask CreateContainerAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await _container
            .SendAsync(
                new RestRequest(HttpMethod.Put, "/" + Uri.EscapeDataString(SegmentsName)) { Body = RestRequest.Bytes(default) },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw _container.Errors.Wrap("write", key, failure);
    }

    private byte[] Manifest(List<Segment> segments)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var segment in segments)
            {
                json.WriteStartObject();
                json.WriteString("path", $"/{SegmentsName}/{segment.Name}");
                json.WriteString("etag", segment.Md5);
                json.WriteNumber("size_bytes", segment.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return bytes.ToArray();
    }

    private async ValueTask AbandonAsync(List<Segment> written)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            if (written.Count > 0)
                await deletion
                    .DeleteManyAsync("write", SegmentsName, [.. written.Select(segment => segment.Name)], limit.Token)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException) { }
    }

    private readonly record struct Segment(string Name, string Md5, long Size);
}
