using System.Buffers;
using System.Globalization;
using System.Net;
using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>Writes and removes the parts of long objects.</summary>
internal sealed class PartUpload(KubernetesNamespace space)
{
    /// <summary>Parts older than this that no object names are garbage of a writer that was killed.</summary>
    private static readonly TimeSpan GarbageAge = TimeSpan.FromHours(1);

    /// <summary>No object is switched to parts that may be taken for garbage by now.</summary>
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(30);

    /// <summary>Writes a content that one Secret cannot hold.</summary>
    /// <param name="key">The object.</param>
    /// <param name="first">Its first part, full.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="cancellationToken">Stops it; what was written is removed.</param>
    internal async ValueTask<SecretContent> WriteAsync(string key, byte[] first, PartReader rest, CancellationToken cancellationToken)
    {
        var set = Guid.NewGuid().ToString("N");
        var start = space.Clock.GetTimestamp();
        var index = 0;
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            for (ReadOnlyMemory<byte> part = first; ; part = await rest.NextAsync(first, cancellationToken).ConfigureAwait(false))
            {
                var body = SecretJson.Part(buffer, key, set, index++, part);
                using var answer = await space.SendAsync(KubeRequests.Post(space.Secrets(), body), cancellationToken).ConfigureAwait(false);
                // The name is ours alone: when it is taken, an earlier try has taken it.
                if (answer.Failure is { } failure && !(failure.IsRefusal && answer.Lost is not null))
                    throw space.Errors.Wrap("write", key, failure, "create");
                if (rest.IsAtEnd)
                    break;
            }

            if (space.Clock.GetElapsedTime(start) > LongestUpload)
                throw new StoreException(
                    StoreErrorKind.Unavailable,
                    "write",
                    space.Errors.PathOf(key),
                    $"writing it took longer than {LongestUpload.TotalMinutes} minutes; try again, on a better line",
                    true
                );
            return new SecretContent(rest.Total, null, new PartSet(set, index, first.Length));
        }
        catch
        {
            await RemoveAsync(key, set).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes parts that nobody needs any more, as far as that goes: what is left is swept later.</summary>
    internal async ValueTask RemoveAsync(string key, string set)
    {
        var selector = $"{SecretNames.Set}={set},{SecretNames.Owner}={SecretNames.Hash(key)}";
        // Also after the write itself was cancelled; the idle timeout bounds it.
        using var answer = await space
            .SendAsync(KubeRequests.Delete(space.Secrets(("labelSelector", selector))), CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <summary>Removes what writers of this object have left that were killed.</summary>
    /// <param name="key">The object.</param>
    /// <param name="current">The parts that it is in now; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async ValueTask SweepAsync(string key, string? current, CancellationToken cancellationToken)
    {
        try
        {
            var garbage = await FindGarbageAsync(key, current, cancellationToken).ConfigureAwait(false);
            if (garbage.Count == 0)
                return;
            // Whoever wrote meanwhile has made other parts current.
            var used = (await space.FindAsync("write", key, cancellationToken).ConfigureAwait(false))?.Parts?.Id;
            foreach (var set in garbage.Where(set => set != used))
                await RemoveAsync(key, set).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The write itself has happened. Garbage can wait for the next one.
        }
    }

    private async ValueTask<List<string>> FindGarbageAsync(string key, string? current, CancellationToken cancellationToken)
    {
        var selector = $"{SecretNames.Role}={SecretNames.RolePart},{SecretNames.Owner}={SecretNames.Hash(key)}";
        var request = KubeRequests.Get(space.Secrets(("labelSelector", selector), ("limit", "500")), KubeRequests.MetadataList);
        using var answer = await space.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // By the server's clock: ours may be wrong.
        if (answer.Response is not { Headers.Date: { } now } response)
            return [];
        using var page = await space.ReadAsync("list", key, response, cancellationToken).ConfigureAwait(false);
        return
        [
            .. page
                .RootElement.Items("items")
                .Select(item => item.Member("metadata"))
                .Where(metadata =>
                    DateTimeOffset.TryParse(metadata.Text("creationTimestamp"), CultureInfo.InvariantCulture, out var made)
                    && now - made > GarbageAge
                )
                .Select(metadata => metadata.Member("labels").Text(SecretNames.Set))
                .OfType<string>()
                .Where(set => set != current)
                .Distinct(),
        ];
    }
}
