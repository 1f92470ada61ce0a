using System.Security.Cryptography;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>
/// Whether two objects hold the same. A store's version is never taken for a hash: only lengths, true hashes and the bytes count.
/// </summary>
internal static class ContentComparison
{
    /// <summary>As far as listings tell, without a request.</summary>
    public static Sameness Listed(ObjectInfo source, ObjectInfo target)
    {
        if (source.Size != target.Size)
            return Sameness.Different;
        if (source.Size == 0)
            return Sameness.Same;
        if (source.LikelyMd5 is not { } a || target.LikelyMd5 is not { } b)
            return Sameness.Unknown;
        return a.Span.SequenceEqual(b.Span) ? Sameness.Same
            : source.Md5 is not null && target.Md5 is not null ? Sameness.Different
            : Sameness.Unknown;
    }

    /// <summary>
    /// Without reading contents: what was written to the target after the source was last changed, and has its length, counts as its copy;
    /// where
    /// there are hashes that differ, and may be something else, both sides are looked up once before.
    /// </summary>
    public static async ValueTask<bool> IsUnchangedAsync(
        VfsPath from,
        ObjectInfo source,
        VfsPath to,
        ObjectInfo target,
        CancellationToken cancellationToken
    )
    {
        if (target.LastModified <= source.LastModified)
            return false;
        if (source.LikelyMd5 is not null && target.LikelyMd5 is not null)
        {
            var (a, b) = (
                await from.StatAsync(cancellationToken).ConfigureAwait(false),
                await to.StatAsync(cancellationToken).ConfigureAwait(false)
            );
            if (a is null || b is null)
                return false;
            if (a.Md5 is not null && b.Md5 is not null)
                return Listed(a, b) is Sameness.Same;
        }

        return true;
    }

    /// <summary>By content: by the hash of the one that has a true one, or by reading both.</summary>
    public static async ValueTask<bool> IsSameAsync(
        VfsPath from,
        ObjectInfo source,
        VfsPath to,
        ObjectInfo target,
        CancellationToken cancellationToken
    )
    {
        if (Listed(source, target) is var known and not Sameness.Unknown)
            return known is Sameness.Same;
        var (hashed, other) = source.LikelyMd5 is not null ? (source, to) : (target, from);
        if (hashed.LikelyMd5 is { } md5 && (source.LikelyMd5 is null || target.LikelyMd5 is null))
        {
            var found = await HashAsync(other, HashAlgorithmName.MD5, cancellationToken).ConfigureAwait(false);
            if (found is null)
                return false;
            if (md5.Span.SequenceEqual(found))
                return true;
            if (hashed.Md5 is not null)
                return false;
        }

        var (left, right) = (
            HashAsync(from, HashAlgorithmName.SHA256, cancellationToken),
            HashAsync(to, HashAlgorithmName.SHA256, cancellationToken)
        );
        await Task.WhenAll(left, right).ConfigureAwait(false);
        return await left.ConfigureAwait(false) is { } a && await right.ConfigureAwait(false) is { } b && a.AsSpan().SequenceEqual(b);
    }

    /// <summary>The hash of an object's content, which is streamed; null when nothing stands there.</summary>
    public static async Task<byte[]?> HashAsync(VfsPath path, HashAlgorithmName algorithm, CancellationToken cancellationToken)
    {
        var reader = await path.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        if (reader is null)
            return null;
        await using (reader.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(algorithm);
            var buffer = new byte[(int)Math.Clamp(reader.Info.Size, 1, 64 * 1024)];
            while (await reader.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
                hash.AppendData(buffer, 0, count);
            return hash.GetHashAndReset();
        }
    }
}
