namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>How much may go wrong in one schedule.</summary>
/// <param name="Crashes">Processes that die.</param>
/// <param name="Failures">Calls that fail, or whose answer is lost.</param>
/// <param name="Stalls">
/// How often a process that waits sees a whole lease pass without a change: a process that is at work then has been stalled for as long.
/// </param>
/// <param name="OnTheWay">Requests that happen after their process has died.</param>
internal readonly record struct Bounds(int Crashes = 0, int Failures = 0, int Stalls = 0, int OnTheWay = 0);
