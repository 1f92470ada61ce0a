using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>
/// An object's content. The SDK's stream reads on in the same version when a connection breaks; this one sees that no less arrives than
/// was promised, and explains what fails.
/// </summary>
internal sealed class AzureContentStream(AzureContainer container, string key, Stream content, long length) : ForwardStream
{
    private long _position;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        try
        {
            var count = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0 && _position < length)
                throw new EndOfStreamException($"{_position} bytes arrived of {length}");
            _position += count;
            return count;
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            if (!AzureFailure.Is(e, "ConditionNotMet", "BlobNotFound"))
                throw container.Wrap("read", key, e);
            throw new StoreException(
                StoreErrorKind.Replaced,
                "read",
                container.PathOf(key),
                "it was replaced while it was being read; read it again",
                isTransient: true,
                e
            );
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
