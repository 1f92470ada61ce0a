namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>What can happen next in a schedule.</summary>
internal enum StepKind
{
    /// <summary>A call happens, and its process is told.</summary>
    Success,

    /// <summary>A process that waits looks again.</summary>
    Wake,

    /// <summary>Nobody can do anything: time passes.</summary>
    TimePasses,

    /// <summary>A request of a process that died arrives.</summary>
    Arrive,

    /// <summary>A process that waits sees a lease pass, while others could go on and do not: they are stalled.</summary>
    Stall,

    /// <summary>A call happens, and its process is told that it failed.</summary>
    LostAnswer,

    /// <summary>A call does not happen, and its process is told so.</summary>
    Failure,

    /// <summary>A process dies before a call.</summary>
    CrashBefore,

    /// <summary>A process dies after a call.</summary>
    CrashAfter,

    /// <summary>A process dies while its request is on the way.</summary>
    CrashOnTheWay,
}
