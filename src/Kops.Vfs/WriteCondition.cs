namespace Kops.Vfs;

/// <summary>What must hold in the store for a put or a delete to happen. Checked by the store, atomically with the write.</summary>
public readonly record struct WriteCondition
{
    private const int MaxMarkLength = 64;

    private WriteCondition(WriteConditionKind kind, ObjectVersion version) => (Kind, Version) = (kind, version);

    /// <summary>
    /// The mark that the write leaves on its object, by which its writer knows it again: the write's name. Null for none of the caller's.
    /// A delete leaves none.
    /// </summary>
    public string? Mark { get; private init; }

    /// <summary>Nothing need hold: the write replaces whatever is there, also what somebody else wrote a moment ago.</summary>
    public static WriteCondition Any { get; }

    /// <summary>No object may stand at the key (HTTP: <c>If-None-Match: *</c>).</summary>
    public static WriteCondition IfAbsent { get; } = new(WriteConditionKind.IfAbsent, default);

    /// <summary>Which of the three it is.</summary>
    public WriteConditionKind Kind { get; }

    /// <summary>The version that must stand at the key; meaningful for <see cref="WriteConditionKind.IfMatch"/> alone.</summary>
    public ObjectVersion Version { get; }

    /// <summary>The object at the key must still be in this version (HTTP: <c>If-Match</c>).</summary>
    public static WriteCondition IfMatch(ObjectVersion version) => new(WriteConditionKind.IfMatch, version);

    /// <summary>
    /// The condition that makes a write of something that was read safe: absent stays absent, a version stays that version.
    /// </summary>
    public static WriteCondition Unchanged(ObjectVersion? read) => read is { } version ? IfMatch(version) : IfAbsent;

    /// <summary>Whether it holds of what stands at a key; null for nothing.</summary>
    public bool HoldsOf(ObjectVersion? current) =>
        Kind switch
        {
            WriteConditionKind.IfAbsent => current is null,
            WriteConditionKind.IfMatch => current == Version,
            _ => true,
        };

    /// <summary>The same condition, for a write that bears a mark (<see cref="ObjectInfo.Mark"/>).</summary>
    /// <param name="mark">Letters, digits, dots and dashes, 64 at most; null for none.</param>
    public WriteCondition Marked(string? mark)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark?.Length ?? 0, MaxMarkLength, nameof(mark));
        return mark is null || mark.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ? this with
            {
                Mark = mark,
            }
            : throw new ArgumentException("a mark holds letters, digits, dots and dashes", nameof(mark));
    }
}
