namespace Kops.Vfs;

/// <summary>The content of a put. It can be opened more than once, so that a request can be tried again.</summary>
public sealed class ObjectBody
{
    private readonly Func<CancellationToken, ValueTask<Stream>> _open;

    private ObjectBody(long? length, Func<CancellationToken, ValueTask<Stream>> open) => (Length, _open) = (length, open);

    /// <summary>Length in bytes where it is known beforehand.</summary>
    public long? Length { get; }

    /// <summary>Whole content where it is in memory anyway; null for a streamed body.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; private init; }

    /// <summary>A body held in memory. The caller must not change the bytes afterwards.</summary>
    public static ObjectBody FromBytes(ReadOnlyMemory<byte> bytes) =>
        new(bytes.Length, _ => ValueTask.FromResult<Stream>(new ReadOnlyMemoryStream(bytes))) { Bytes = bytes };

    /// <summary>
    /// A body that is streamed. <paramref name="open"/> is called once for each try and gives the content from its start.
    /// </summary>
    public static ObjectBody FromStream(Func<CancellationToken, ValueTask<Stream>> open, long? length = null) => new(length, open);

    /// <summary>Opens the content from its start.</summary>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);
}
