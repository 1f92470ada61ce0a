using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;

namespace Kops.Vfs.AzureBlob;

/// <summary>Listings, page by page.</summary>
internal sealed class AzureListing(AzureContainer container)
{
    internal IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        Utf8Order.SortAsync(ReadAsync(prefix, depth, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ListEntry> ReadAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var options = new GetBlobsByHierarchyOptions
        {
            Prefix = prefix.Length == 0 ? null : prefix,
            Delimiter = depth is ListDepth.Children ? "/" : null,
        };
        string? next = null;
        do
        {
            var page = await container
                .RunAsync(
                    "list",
                    prefix,
                    async client =>
                    {
                        var pages = client
                            .Container.GetBlobsByHierarchyAsync(options, cancellationToken)
                            .AsPages(next)
                            .GetAsyncEnumerator(cancellationToken);
                        await using (pages.ConfigureAwait(false))
                            return await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : null;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (page is null)
                yield break;
            foreach (var entry in Merge(page.Values, prefix))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            next = page.ContinuationToken;
        } while (!string.IsNullOrEmpty(next));
    }

    /// <summary>Objects and prefixes of a page, each in order, as one sequence in order.</summary>
    private static IEnumerable<ListEntry> Merge(IReadOnlyList<BlobHierarchyItem> page, string prefix)
    {
        var objects = page.Where(item => item.IsBlob).Select(item => item.Blob).ToArray();
        var prefixes = page.Where(item => item.IsPrefix).Select(item => item.Prefix).ToArray();
        for (int i = 0, j = 0; i < objects.Length || j < prefixes.Length; )
        {
            if (j == prefixes.Length || (i < objects.Length && ObjectKey.Compare(objects[i].Name, prefixes[j]) < 0))
            {
                var blob = objects[i++];
                if (IsKey(blob.Name))
                    yield return new ListEntry(blob.Name, AzureObject.Info(blob));
            }
            else
            {
                var common = prefixes[j++];
                if (common.Length > prefix.Length + 1 && IsKey(common[..^1]))
                    yield return new ListEntry(common, null);
            }
        }
    }

    // Other programs leave markers for folders ("a/"), which are no objects here.
    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;
}
