namespace Kops.Vfs;

/// <summary>The results of a put or a delete.</summary>
public enum WriteResult
{
    /// <summary>Written, or deleted.</summary>
    Done,

    /// <summary>A delete found nothing.</summary>
    Absent,

    /// <summary>The condition did not hold.</summary>
    Conflict,
}
