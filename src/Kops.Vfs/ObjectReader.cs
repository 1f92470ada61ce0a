namespace Kops.Vfs;

/// <summary>An object opened for reading: what it is, and its bytes. Info and content are of one and the same version.</summary>
public sealed class ObjectReader(ObjectInfo info, Stream content) : IAsyncDisposable
{
    /// <summary>The object that is being read.</summary>
    public ObjectInfo Info { get; } = info;

    /// <summary>
    /// The content, forward only. A connection that breaks throws a transient <see cref="StoreException"/>, never a short read.
    /// </summary>
    public Stream Content { get; } = content;

    /// <summary>Closes the content.</summary>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
