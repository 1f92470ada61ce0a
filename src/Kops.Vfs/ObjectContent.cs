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
}
