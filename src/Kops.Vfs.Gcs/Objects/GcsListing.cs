using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>Listings, page by page.</summary>
internal sealed class GcsListing(GcsBucket bucket)
{
    private const string PageSize = "1000";

    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var delimiter = depth is ListDepth.Children ? "/" : null;
        var pages = PagesAsync(
            prefix,
            [("delimiter", delimiter), ("fields", $"nextPageToken,prefixes,items({GcsObject.RowFields})")],
            cancellationToken
        );
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var entry in Merge(page, prefix))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
    }

    /// <summary>The versions of one object, newest first.</summary>
    internal async ValueTask<List<GcsObject>> VersionsAsync(string key, CancellationToken cancellationToken)
    {
        var found = new List<GcsObject>();
        var pages = PagesAsync(
            key,
            [("versions", "true"), ("fields", $"nextPageToken,items({GcsObject.RowFields},timeDeleted)")],
            cancellationToken
        );
        await foreach (var page in pages.ConfigureAwait(false))
        {
            // Names come in order, and the prefix itself is the first of those that begin with it.
            var rows = Items(page, key);
            found.AddRange(rows.Where(row => row.Info.Key == key));
            if (rows.Count > 0 && rows[^1].Info.Key != key)
                break;
        }

        return
        [
            .. found
                .OrderByDescending(version => version.Deleted is null)
                .ThenByDescending(version => long.TryParse(version.Generation, out var number) ? number : 0),
        ];
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(
        string prefix,
        (string Name, string? Value)[] query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? next = null;
        do
        {
            var uri = bucket.Uris.List([
                ("prefix", prefix.Length == 0 ? null : prefix),
                .. query,
                ("maxResults", PageSize),
                ("pageToken", next),
            ]);
            var page = await bucket
                .AskJsonAsync("list", prefix, "storage.objects.list", new RestRequest(HttpMethod.Get, uri), cancellationToken)
                .ConfigureAwait(false);
            yield return page;
            var last = next;
            next = page.Text("nextPageToken");
            if (next is { Length: > 0 } && next == last)
                throw bucket.Errors.Malformed("list", prefix, new JsonException("a page is followed by itself"));
        } while (next is { Length: > 0 });
    }

    private List<GcsObject> Items(JsonElement page, string prefix)
    {
        try
        {
            return [.. page.Items("items").Select(GcsObject.Read)];
        }
        catch (JsonException e)
        {
            throw bucket.Errors.Malformed("list", prefix, e);
        }
    }

    private IEnumerable<ListEntry> Merge(JsonElement page, string prefix)
    {
        var objects = Items(page, prefix).ConvertAll(row => row.Info);
        var prefixes = page.Items("prefixes").Select(name => name.GetString()!).ToList();
        // The service has them in order; of emulators that keep files some have not, and give all in one page.
        objects.Sort((a, b) => ObjectKey.Compare(a.Key, b.Key));
        prefixes.Sort(ObjectKey.Compare);
        return ListPage.Merge(prefix, objects, prefixes);
    }
}
