using System.Buffers;

namespace Kops.Vfs.Layers.Retry;

/// <summary>Whether a store holds just what was sent.</summary>
/// <param name="Version">The version that stands at the key; null for none.</param>
/// <param name="Same">Whether its content is the body.</param>
internal readonly record struct BodyComparison(ObjectVersion? Version, bool Same)
{
    private const int BufferBytes = 64 * 1024;

    internal static async ValueTask<BodyComparison> FindAsync(
        IStoreDriver driver,
        string key,
        ObjectBody body,
        CancellationToken cancellationToken
    )
    {
        var reader = await driver.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        if (reader is null)
            return default;
        await using (reader.ConfigureAwait(false))
        {
            if (body.Length is { } length && length != reader.Info.Size)
                return new(reader.Info.Version, false);
            var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
                return new(reader.Info.Version, await SameAsync(content, reader.Content, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async ValueTask<bool> SameAsync(Stream a, Stream b, CancellationToken cancellationToken)
    {
        var left = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var right = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var count = await a.ReadAtLeastAsync(left.AsMemory(0, BufferBytes), BufferBytes, false, cancellationToken)
                    .ConfigureAwait(false);
                var other = await b.ReadAtLeastAsync(right.AsMemory(0, BufferBytes), BufferBytes, false, cancellationToken)
                    .ConfigureAwait(false);
                if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, other)))
                    return false;
                if (count < BufferBytes)
                    return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(left);
            ArrayPool<byte>.Shared.Return(right);
        }
    }
}
