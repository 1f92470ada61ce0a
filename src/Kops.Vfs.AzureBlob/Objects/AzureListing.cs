using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.AzureBlob.Objects;

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

    private static IEnumerable<ListEntry> Merge(IReadOnlyList<BlobHierarchyItem> page, string prefix)
    {
        var objects = page.Where(item => item.IsBlob).Select(item => AzureObject.Info(item.Blob)).ToArray();
        var prefixes = page.Where(item => item.IsPrefix).Select(item => item.Prefix).ToArray();
        return ListPage.Merge(prefix, objects, prefixes);
    }
}
