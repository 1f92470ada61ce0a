namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>How a call to a store ends.</summary>
internal enum CallEnd
{
    /// <summary>It happens, and the process is told.</summary>
    Success,

    /// <summary>It happens, and the process is told that it failed.</summary>
    LostAnswer,

    /// <summary>It does not happen, and the process is told that it failed.</summary>
    Failure,

    /// <summary>The process dies before it.</summary>
    CrashBefore,

    /// <summary>It happens, and the process dies before it is told.</summary>
    CrashAfter,
}
