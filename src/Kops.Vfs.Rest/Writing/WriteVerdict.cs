namespace Kops.Vfs.Rest.Writing;

/// <summary>What a look at the object tells of a write whose answer was lost.</summary>
public enum WriteVerdict
{
    /// <summary>It happened: what stands there is its own.</summary>
    Happened,

    /// <summary>It has not happened so far: what it was conditioned on still holds, so it may be tried later.</summary>
    NotYet,

    /// <summary>It has not happened, and cannot any more: another write took its place.</summary>
    Conflict,

    /// <summary>It cannot be told: the object has been changed again since.</summary>
    Unknown,
}
