using Kops.StateStore.Files;

namespace Kops.StateStore.Secrets;

/// <summary>A secret that was read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file.</param>
/// <param name="Data">Its value.</param>
public sealed record Secret(string Name, StoredFile File, ReadOnlyMemory<byte> Data)
{
    /// <summary>The name alone: a secret's value does not belong in a message or a log.</summary>
    public override string ToString() => Name;
}
