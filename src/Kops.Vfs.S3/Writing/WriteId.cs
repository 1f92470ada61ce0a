using Amazon.S3.Model;

namespace Kops.Vfs.S3.Writing;

/// <summary>
/// A mark that a conditional write leaves on its object, as metadata: who wrote it, and in place of what. When the answer to a write
/// is lost, the mark tells whether the write happened; content could not, since two writers may write the same.
/// </summary>
/// <param name="Id">Unique to the write, and the same over all its tries.</param>
/// <param name="Replaced">The version that the write was conditioned on; <c>*</c> for none, empty for an unconditional write.</param>
internal readonly record struct WriteId(string Id, string Replaced)
{
    private const string Name = "kops-write";

    internal static WriteId New(WriteCondition condition) => new(
        Guid.NewGuid().ToString("N"),
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => "*",
            WriteConditionKind.IfMatch => condition.Version.Value,
            _ => string.Empty,
        });

    internal static WriteId? Read(MetadataCollection metadata) =>
        metadata[Name] is { } text && text.Split(' ', 2) is [var id, var replaced] ? new WriteId(id, replaced) : null;

    internal void Mark(MetadataCollection metadata) => metadata[Name] = $"{Id} {Replaced}";
}
