using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs;

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
                .AskAsync("list", prefix, "storage.objects.list", new GcsRequest(HttpMethod.Get, uri), cancellationToken)
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
        var items = page.Member("items");
        if (items.ValueKind is not JsonValueKind.Array)
            return [];
        try
        {
            return [.. items.EnumerateArray().Select(GcsObject.Read)];
        }
        catch (JsonException e)
        {
            throw bucket.Errors.Malformed("list", prefix, e);
        }
    }

    /// <summary>Objects and prefixes of a page, each in order, as one sequence in order.</summary>
    private IEnumerable<ListEntry> Merge(JsonElement page, string prefix)
    {
        var objects = Items(page, prefix);
        List<string> prefixes = page.Member("prefixes") is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(name => name.GetString()!)]
            : [];
        // The service has them in order; of emulators that keep files some have not, and give all in one page.
        objects.Sort((a, b) => ObjectKey.Compare(a.Info.Key, b.Info.Key));
        prefixes.Sort(ObjectKey.Compare);
        for (int i = 0, j = 0; i < objects.Count || j < prefixes.Count; )
        {
            if (j == prefixes.Count || (i < objects.Count && ObjectKey.Compare(objects[i].Info.Key, prefixes[j]) < 0))
            {
                var info = objects[i++].Info;
                // The markers that consoles leave for empty folders are no objects that could be read here.
                if (IsKey(info.Key))
                    yield return new ListEntry(info.Key, info);
            }
            else
            {
                var common = prefixes[j++];
                if (common.Length > prefix.Length + 1 && IsKey(common[..^1]))
                    yield return new ListEntry(common, null);
            }
        }
    }

    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;
}
