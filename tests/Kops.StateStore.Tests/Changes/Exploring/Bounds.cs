namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>How much may go wrong in one schedule.</summary>
/// <param name="Faults">
/// How many things: a process dies before or after a call; a call fails, or its answer is lost; or a process that waits sees a whole lease
/// pass without a change, so that one that is at work has been stalled for as long.
/// </param>
/// <param name="OnTheWay">Whether one that dies may leave a request that arrives later.</param>
internal readonly record struct Bounds(int Faults, bool OnTheWay = false);
