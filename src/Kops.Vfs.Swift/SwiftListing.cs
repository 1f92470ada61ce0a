using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kops.Vfs.Swift.Transport;

namespace Kops.Vfs.Swift;

/// <summary>Listings, page by page.</summary>
internal sealed class SwiftListing(SwiftContainer container, int pageSize = SwiftListing.PageSize)
{
    /// <summary>Swift's usual limit (<c>container_listing_limit</c>).</summary>
    internal const int PageSize = 10_000;

    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var row in RowsAsync(prefix, depth is ListDepth.Children ? "/" : null, null, cancellationToken).ConfigureAwait(false)
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Text(row, "subdir") is { } common)
            {
                if (common.Length > prefix.Length + 1 && IsKey(common[..^1]))
                    yield return new ListEntry(common, null);
            }
            else if (Text(row, "name") is { } key && IsKey(key))
            {
                // The markers that consoles leave for empty folders are no objects that could be read here. A segmented object's hash is
                // none of its content.
                var info = new ObjectInfo(key, Number(row, "bytes"), null, Time(row))
                {
                    Md5 = Text(row, "slo_etag") is null ? SwiftObject.Md5(Text(row, "hash")) : null,
                };
                yield return new ListEntry(key, info);
            }
        }
    }

    /// <summary>The rows of a listing.</summary>
    /// <param name="prefix">With what keys begin.</param>
    /// <param name="delimiter">What ends a common prefix; null for none.</param>
    /// <param name="versions">Anything, to list all versions that are kept.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async IAsyncEnumerable<JsonElement> RowsAsync(
        string prefix,
        string? delimiter,
        string? versions,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Where the store allows fewer rows than asked for it refuses; then it is asked for as many as it likes, until there are none.
        int? limit = pageSize;
        for (string? marker = null, version = null; ; )
        {
            var path = container.PathWith(
                ("format", "json"),
                ("prefix", prefix.Length == 0 ? null : prefix),
                ("delimiter", delimiter),
                ("versions", versions),
                ("marker", marker),
                ("version_marker", version),
                ("limit", limit?.ToString(CultureInfo.InvariantCulture))
            );
            using var answer = await container
                .SendAsync(new SwiftRequest(HttpMethod.Get, path) { Headers = [SwiftReader.Newest] }, cancellationToken)
                .ConfigureAwait(false);
            if (answer.Failure is { Status: HttpStatusCode.PreconditionFailed } && limit is not null)
            {
                limit = null;
                continue;
            }

            if (answer.Failure is { } failure)
                throw container.Errors.Wrap("list", prefix, failure);
            var page = await container.ReadJsonAsync("list", prefix, answer.Response!, cancellationToken).ConfigureAwait(false);
            if (page.ValueKind is not JsonValueKind.Array)
                break;
            foreach (var row in page.EnumerateArray())
            {
                marker = Text(row, "subdir") ?? Text(row, "name");
                version = versions is null ? null : Text(row, "version_id");
                yield return row;
            }

            if (page.GetArrayLength() == 0 || page.GetArrayLength() < limit)
                break;
        }
    }

    internal static string? Text(JsonElement row, string name) =>
        row.ValueKind is JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    internal static long Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;

    internal static DateTimeOffset Time(JsonElement row) =>
        DateTimeOffset.TryParse(Text(row, "last_modified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.UnixEpoch;

    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;
}
