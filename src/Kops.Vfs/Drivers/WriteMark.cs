namespace Kops.Vfs.Drivers;

/// <summary>
/// A mark that a conditional write leaves on its object, as metadata: who wrote it, and in place of what. When the answer to a write
/// is lost, the mark tells whether the write happened; content could not, since two writers may write the same.
/// </summary>
/// <param name="Id">Unique to the write, and the same over all its tries: what <see cref="ObjectInfo.Mark"/> gives back.</param>
/// <param name="Replaced">The version that the write was conditioned on; <c>*</c> for none, <c>-</c> for an unconditional write.</param>
public sealed record WriteMark(string Id, string Replaced)
{
    /// <summary>The usual name of the metadata; a store in which it cannot be a name has one of its own.</summary>
    public const string Name = "kops-write";

    /// <summary>The metadata's value.</summary>
    public string Text => $"{Id} {Replaced}";

    /// <summary>The mark for a new write: the one that the writer has chosen, or a new one.</summary>
    public static WriteMark New(WriteCondition condition) =>
        new(
            condition.Mark ?? Guid.NewGuid().ToString("N"),
            condition.Kind switch
            {
                WriteConditionKind.IfAbsent => "*",
                WriteConditionKind.IfMatch => condition.Version.Value,
                _ => "-",
            }
        );

    /// <summary>The mark that a value says; null for none, and for what is no mark.</summary>
    public static WriteMark? Parse(string? text) =>
        text?.Split(' ', 2) is [{ Length: > 0 } id, var replaced] ? new WriteMark(id, replaced) : null;
}
