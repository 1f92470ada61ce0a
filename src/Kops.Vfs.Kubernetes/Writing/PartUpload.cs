using System.Buffers;
using System.Globalization;
using System.Net;
using Kops.Vfs.Kubernetes.Transport;

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
    /// <param name="second">Its second part.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="length">The length that was promised; null for none.</param>
    /// <param name="cancellationToken">Stops it; what was written is removed.</param>
    internal async ValueTask<SecretContent> WriteAsync(
        string key,
        ReadOnlyMemory<byte> first,
        ReadOnlyMemory<byte> second,
        PartReader rest,
        long? length,
        CancellationToken cancellationToken
    )
    {
        var set = Guid.NewGuid().ToString("N");
        var start = space.Clock.GetTimestamp();
        var (index, size) = (0, 0L);
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            for (
                var part = first;
                !part.IsEmpty;
                part = index == 1 ? second : await rest.NextAsync(cancellationToken).ConfigureAwait(false)
            )
            {
                var body = SecretJson.Part(buffer, key, set, index++, part);
                using var answer = await space.SendAsync(KubeRequest.Post(space.Secrets(), body), cancellationToken).ConfigureAwait(false);
                // The name is ours alone: when it is taken, an earlier try has taken it.
                if (answer.Failure is { } failure && !(failure.Status is HttpStatusCode.Conflict && answer.Lost is not null))
                    throw space.Errors.Wrap("write", key, "create", failure);
                size += part.Length;
                if (size > length)
                    break;
            }

            if (length is { } promised && promised != size)
                throw space.Errors.LengthDiffers(key, promised, size);
            if (space.Clock.GetElapsedTime(start) > LongestUpload)
                throw new StoreException(
                    StoreErrorKind.Unavailable,
                    "write",
                    space.Errors.PathOf(key),
                    $"writing it took longer than {LongestUpload.TotalMinutes} minutes; try again, on a better line",
                    true
                );
            return new SecretContent(size, null, new PartSet(set, index, first.Length));
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
            .SendAsync(new KubeRequest(HttpMethod.Delete, space.Secrets(("labelSelector", selector))), CancellationToken.None)
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
        var request = new KubeRequest(HttpMethod.Get, space.Secrets(("labelSelector", selector), ("limit", "500")))
        {
            Accept = KubeRequest.MetadataList,
        };
        using var answer = await space.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // By the server's clock: ours may be wrong.
        if (answer.Response is not { Headers.Date: { } now } response)
            return [];
        using var page = await space.ReadJsonAsync("list", key, response, cancellationToken).ConfigureAwait(false);
        return
        [
            .. page
                .RootElement.Items()
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
