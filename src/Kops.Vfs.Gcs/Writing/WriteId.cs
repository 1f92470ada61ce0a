using System.Text.Json;
using Kops.Vfs.Gcs.Credentials;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>
/// A mark that a conditional write leaves on its object, as metadata: who wrote it, and in place of what. When the answer to a write
/// is lost, the mark tells whether the write happened; content could not, since two writers may write the same.
/// </summary>
/// <param name="Id">Unique to the write, and the same over all its tries.</param>
/// <param name="Replaced">The generation that the write was conditioned on; 0 for none, empty for an unconditional write.</param>
internal sealed record WriteId(string Id, string Replaced)
{
    internal const string Name = "kops-write";

    internal string Text => $"{Id} {Replaced}";

    internal static WriteId New(string? match) => new(Guid.NewGuid().ToString("N"), match ?? string.Empty);

    internal static WriteId? Read(JsonElement metadata) =>
        metadata.Text(Name)?.Split(' ', 2) is [var id, var replaced] ? new WriteId(id, replaced) : null;
}
