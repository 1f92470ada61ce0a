using System.Runtime.CompilerServices;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>Listings, page by page, without content: the API server sends metadata alone, and of the prefix alone.</summary>
internal sealed class SecretListing(KubernetesNamespace space)
{
    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? last = null;
        await foreach (var info in OrderedAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var slash = depth is ListDepth.Children ? info.Key.IndexOf('/', prefix.Length) : -1;
            if (slash < 0)
            {
                yield return new ListEntry(info.Key, info);
            }
            else if (info.Key[..(slash + 1)] is var common && common != last)
            {
                last = common;
                yield return new ListEntry(common, null);
            }
        }
    }

    /// <summary>
    /// Objects in key order. Names come in order, but for keys too long to be spelled: those that begin alike are held together and sorted.
    /// </summary>
    private async IAsyncEnumerable<ObjectInfo> OrderedAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = new List<ObjectInfo>();
        string? run = null;
        await foreach (var found in ObjectsAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (run is not null && !found.Name.StartsWith(run, StringComparison.Ordinal))
            {
                foreach (var info in Sorted(held))
                    yield return info;
                held.Clear();
                run = null;
            }

            run ??= SecretNames.Run(found.Name);
            if (run is null)
                yield return found.Info;
            else
                held.Add(found.Info);
        }

        foreach (var info in Sorted(held))
            yield return info;
    }

    private static List<ObjectInfo> Sorted(List<ObjectInfo> held)
    {
        held.Sort((a, b) => ObjectKey.Compare(a.Key, b.Key));
        return held;
    }

    private async IAsyncEnumerable<SecretObject> ObjectsAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        var any = false;
        do
        {
            var path = space.Secrets(
                ("labelSelector", SecretNames.Selector(prefix)),
                ("limit", space.Options.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("continue", next)
            );
            using var answer = await space
                .SendAsync(KubeRequests.Get(path, KubeRequests.MetadataList), cancellationToken)
                .ConfigureAwait(false);
            if (answer.Failure is { } failure)
            {
                // The cluster has forgotten the state that this listing began with, and says how it goes on with the present one.
                next =
                    failure is KubeFailure { Continue: { } present } && next != present
                        ? present
                        : throw space.Errors.Wrap("list", prefix, failure, "list");
                continue;
            }

            using var page = await space.ReadAsync("list", prefix, answer.Response!, cancellationToken).ConfigureAwait(false);
            if (page.RootElement.Text("kind")?.EndsWith("List", StringComparison.Ordinal) is not true)
                throw space.Errors.Malformed("list", prefix, new InvalidDataException("it is not a list"));
            foreach (var item in page.RootElement.Items("items"))
            {
                if (SecretObject.Read(item) is not { } found || !found.Info.Key.StartsWith(prefix, StringComparison.Ordinal))
                    continue;
                any = true;
                yield return found;
            }

            next = page.RootElement.Member("metadata").Text("continue");
        } while (next is not null);
        if (!any)
            await space.RequireAsync("list", prefix, cancellationToken).ConfigureAwait(false);
    }
}
