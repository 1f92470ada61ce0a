using System.Globalization;
using Kops.Operations.Events;
using Kops.StateStore.Changes;

namespace Kops.Operations;

/// <summary>
/// Does again, from a fresh read, what met somebody else's change between its read and its write, so that nobody starves on a cluster that
/// many change. It is for work that follows from what it reads and from what the user said, and from nothing that somebody looked at
/// meanwhile.
/// </summary>
public static class ConflictRetry
{
    /// <summary>How often something is done again after the first time.</summary>
    public const int Most = 5;

    // Doubled each time, so that those who meet again and again come apart.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Runs until no conflict comes, at most <see cref="Most"/> times more, with a pause of random length before each. Only a conflict that
    /// left nothing of this work behind is met again.
    /// </summary>
    /// <param name="session">The work, which is told of each new attempt.</param>
    /// <param name="attempt">Reads, plans and applies.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ChangeConflictException">Others were faster each time.</exception>
    public static async Task<T> RunAsync<T>(
        ClusterSession session,
        Func<CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(attempt);
        for (var retry = 1; ; retry++)
        {
            try
            {
                return await attempt(cancellationToken).ConfigureAwait(false);
            }
            catch (ChangeConflictException conflict) when (retry <= Most && LeftNothing(conflict.Files)) { }

            session.Tell(
                new Advice(
                    EventLevel.Note,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"somebody else changed the cluster meanwhile; nothing was written, and it is read afresh ({retry} of {Most})"
                    )
                )
            );
            await session
                .Pause(FirstPause * (1 << (retry - 1)) * (0.5 + Random.Shared.NextDouble()), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static bool LeftNothing(ApplyResult.Conflict conflict) => conflict is { Outcome: ChangeOutcome.Undone, Remaining.Count: 0 };
}
