using System.Text;

namespace Kops.Vfs;

/// <summary>An object read whole.</summary>
/// <param name="Info">The object, with the version that the content belongs to.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ObjectContent(ObjectInfo Info, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The version to condition a write on.</summary>
    public ObjectVersion Version => Info.Version ?? throw new InvalidOperationException("a read always carries a version");

    /// <summary>The content as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Reads an opened object to its end and closes it.</summary>
    public static async ValueTask<ObjectContent> ReadAsync(ObjectReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using (reader.ConfigureAwait(false))
        {
            using var buffer = new MemoryStream(checked((int)reader.Info.Size));
            await reader.Content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
            return new ObjectContent(reader.Info, buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        }
    }
}
