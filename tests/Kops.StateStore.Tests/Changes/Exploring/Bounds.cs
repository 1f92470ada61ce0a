namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>How much may go wrong in one schedule.</summary>
/// <param name="Faults">
/// How many things: a process dies before or after a call; a call fails, or its answer is lost; or a process that waits sees a whole lease
/// pass without a change, so that one that is at work has been stalled for as long.
/// </param>
/// <param name="OnTheWay">Whether one that dies may leave a request that arrives later.</param>
/// <param name="Preemptions">
/// How often another process goes on where the one that was at work could; null for any number. That most of what can go wrong does so
/// within very few is what makes this worth while (after Musuvathi and Qadeer, "Iterative Context Bounding for Systematic Testing of
/// Multithreaded Programs"). Where a process waits, ends, dies or sees a request arrive, any other may go on without being counted.
/// </param>
internal readonly record struct Bounds(int Faults, bool OnTheWay = false, int? Preemptions = null);
