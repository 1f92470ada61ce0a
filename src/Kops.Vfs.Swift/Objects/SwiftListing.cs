using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Swift.Objects;

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
            var key = row.Text("name") ?? string.Empty;
            var entry = row.Text("subdir") is { } common
                ? new ListEntry(common, null)
                // A segmented object's hash is none of its content.
                : new ListEntry(
                    key,
                    new ObjectInfo(key, Size(row), null, Time(row))
                    {
                        Md5 = row.Text("slo_etag") is null ? Md5Checksum.Parse(row.Text("hash")) : null,
                    }
                );
            if (ListPage.Row(prefix, entry) is { } visible)
                yield return visible;
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
                .SendAsync(new RestRequest(HttpMethod.Get, path) { Headers = [SwiftReader.Newest] }, cancellationToken)
                .ConfigureAwait(false);
            if (answer.Failure is { Status: HttpStatusCode.PreconditionFailed } && limit is not null)
            {
                limit = null;
                continue;
            }

            if (answer.Failure is { } failure)
                throw container.Errors.Wrap("list", prefix, failure);
            // Of an empty container some servers say just that there is no content.
            if (answer.Response!.StatusCode is HttpStatusCode.NoContent)
                break;
            var page = await container
                .ReadJsonAsync("list", prefix, answer.Response, cancellationToken, JsonValueKind.Array)
                .ConfigureAwait(false);
            foreach (var row in page.EnumerateArray())
            {
                marker = row.Text("subdir") ?? row.Text("name");
                version = versions is null ? null : row.Text("version_id");
                yield return row;
            }

            if (page.GetArrayLength() == 0 || page.GetArrayLength() < limit)
                break;
        }
    }

    internal static long Size(JsonElement row) =>
        long.TryParse(row.Number("bytes"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    internal static DateTimeOffset Time(JsonElement row) =>
        DateTimeOffset.TryParse(row.Text("last_modified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.UnixEpoch;
}
