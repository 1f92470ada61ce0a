using Kops.StateStore.Errors;
using Kops.StateStore.Files;

namespace Kops.StateStore.Review;

/// <summary>One file of a cluster in a directory for review, and in the store.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Name">The file's name within the cluster's directory.</param>
/// <param name="Standing">How the two stand to each other.</param>
/// <param name="Local">The directory's content; null for none.</param>
/// <param name="Stored">The store's; null for none.</param>
public sealed record ReviewItem(string Cluster, string Name, ReviewStanding Standing, ReadOnlyMemory<byte>? Local, StoredFile? Stored)
{
    /// <summary>Its name in the directory.</summary>
    public string Path => $"{Cluster}/{Name}";

    /// <summary>Compares the files of a cluster, in the order of their names.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="record">What was pulled; null for nothing.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stored">Its files in the store.</param>
    /// <exception cref="StateStoreException">The directory cannot be read.</exception>
    public static IReadOnlyList<ReviewItem> Compare(
        ReviewDirectory directory,
        PullRecord? record,
        string cluster,
        IReadOnlyDictionary<string, StoredFile> stored
    )
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(stored);
        var prefix = cluster + "/";
        var pulled =
            record?.Files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]) ?? [];
        return [.. stored.Keys.Union(directory.FindFiles(cluster)).Union(pulled).Order(StringComparer.Ordinal).Select(Of)];

        ReviewItem Of(string name)
        {
            var (local, there) = (directory.Read(prefix + name), stored.GetValueOrDefault(name));
            var (here, now) = (local is { } content ? ReviewDirectory.Digest(content) : null, there?.Sha256);
            // What this directory's own push has written stands there, as the directory has it but for its form.
            var was = now is not null && record?.Pushing.Contains(now) is true ? now : record?.Files.GetValueOrDefault(prefix + name);
            var standing =
                here == now ? ReviewStanding.Same
                : here == was ? ReviewStanding.Newer
                : now == was ? ReviewStanding.Edited
                : ReviewStanding.Conflict;
            return new ReviewItem(cluster, name, standing, local, there);
        }
    }
}
