namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>Reads a content part by part, with two parts in memory, by turns.</summary>
internal sealed class PartReader(Stream content, int size)
{
    private byte[] _last = [];
    private byte[] _next = [];

    /// <summary>The next part, full unless it is the last; empty at the end. It is valid until the next but one is read.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        (_last, _next) = (_next.Length > 0 ? _next : new byte[size], _last);
        var count = await content.ReadAtLeastAsync(_last, size, false, cancellationToken).ConfigureAwait(false);
        return _last.AsMemory(0, count);
    }
}
