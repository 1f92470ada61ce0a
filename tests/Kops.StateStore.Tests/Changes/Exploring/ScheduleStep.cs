namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>One step of a schedule, and what it touches.</summary>
/// <param name="Process">Which process takes it; -1 for a request without one.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Key">The key that it reads, lists below, or writes.</param>
/// <param name="IsWrite">Whether it writes.</param>
/// <param name="IsListing">Whether it sees all keys below.</param>
internal readonly record struct ScheduleStep(int Process, StepKind Kind, string Key, bool IsWrite, bool IsListing)
{
    private const int Kinds = 10;

    /// <summary>One bit of its own, for sets.</summary>
    public ulong Bit => 1UL << ((Process + 1) * Kinds + (int)Kind);

    /// <summary>Whether something goes wrong in it.</summary>
    public bool IsFault => Kind >= StepKind.Stall;

    /// <summary>
    /// Whether it makes no difference which of the two comes first: neither sees what the other does, takes away its chance to happen, or
    /// uses up what may go wrong.
    /// </summary>
    public bool IsIndependentOf(ScheduleStep other)
    {
        if (Process == other.Process || IsAlone || other.IsAlone || (IsFault && other.IsFault))
            return false;
        return !(IsWrite || other.IsWrite) || !(Sees(other) || other.Sees(this));
    }

    private bool IsAlone => Kind is StepKind.TimePasses or StepKind.Arrive or StepKind.CrashOnTheWay;

    private bool Sees(ScheduleStep other) => IsListing ? other.Key.StartsWith(Key, StringComparison.Ordinal) : Key == other.Key;
}
