using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Transport;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>
/// The content of a long object, one part in memory at a time. Parts are never changed, so all are of one write; when they are gone, the
/// object was replaced.
/// </summary>
internal sealed class PartsStream(KubernetesNamespace space, ObjectInfo info, PartSet parts) : ForwardStream
{
    private byte[] _part = [];
    private int _position;
    private int _next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_position == _part.Length)
        {
            if (_next == parts.Count)
                return 0;
            (_part, _position) = (await FetchAsync(_next++, cancellationToken).ConfigureAwait(false), 0);
        }

        var count = Math.Min(buffer.Length, _part.Length - _position);
        _part.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private async ValueTask<byte[]> FetchAsync(int index, CancellationToken cancellationToken)
    {
        var name = SecretNames.Part(parts.Id, index);
        using var secret =
            await space.GetAsync("read", info.Key, name, KubeRequests.Whole, cancellationToken).ConfigureAwait(false)
            ?? throw space.Errors.Replaced(info.Key);
        var size = index < parts.Count - 1 ? parts.Size : info.Size - ((long)parts.Size * (parts.Count - 1));
        return SecretObject.Content(secret.RootElement, size) ?? throw space.Errors.Damaged(info.Key, name);
    }
}
