namespace Kops.Vfs;

/// <summary>
/// How a put or a delete ended. A conflict is an expected outcome, so it is a value; a failure is a <see cref="StoreException"/>.
/// </summary>
[MustUse]
public readonly record struct WriteOutcome
{
    private WriteOutcome(WriteResult result, ObjectVersion? version) => (Result, Version) = (result, version);

    /// <summary>A delete that found nothing to delete. It has succeeded: the object is not there.</summary>
    public static WriteOutcome Absent { get; } = new(WriteResult.Absent, null);

    /// <summary>The condition did not hold; nothing was changed.</summary>
    public static WriteOutcome Conflict { get; } = new(WriteResult.Conflict, null);

    /// <summary>A delete that removed the object.</summary>
    public static WriteOutcome Deleted { get; } = new(WriteResult.Done, null);

    /// <summary>What happened.</summary>
    public WriteResult Result { get; }

    /// <summary>The version that a put created.</summary>
    public ObjectVersion? Version { get; }

    /// <summary>Whether the store now holds what was asked for.</summary>
    public bool Succeeded => Result is not WriteResult.Conflict;

    /// <summary>A put that happened, and the version it made.</summary>
    public static WriteOutcome Written(ObjectVersion version) => new(WriteResult.Done, version);
}
