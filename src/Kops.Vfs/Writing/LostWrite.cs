namespace Kops.Vfs.Writing;

/// <summary>
/// How a write ended whose answer was lost. It is never sent again blindly: the mark that it leaves (<see cref="WriteMark"/>) tells, for
/// every store that keeps metadata beside an object.
/// </summary>
public static class LostWrite
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Looks at the object, for ten seconds at most.</summary>
    /// <param name="look">Finds what stands at the key; null for nothing.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async ValueTask<MarkedObject?> LookAsync(
        Func<CancellationToken, ValueTask<MarkedObject?>> look,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(look);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookTimeout);
        return await look(limit.Token).ConfigureAwait(false);
    }

    /// <summary>What an object tells of a write.</summary>
    public static WriteVerdict Judge(WriteCondition condition, WriteMark mark, MarkedObject? found)
    {
        ArgumentNullException.ThrowIfNull(mark);
        if (found?.Mark?.Id == mark.Id)
            return WriteVerdict.Happened;
        if (Holds(condition, found))
            return WriteVerdict.NotYet;
        // Where another write stands that was made on what ours was to be made on, ours has not happened.
        return found?.Mark?.Replaced == mark.Replaced ? WriteVerdict.Conflict : WriteVerdict.Unknown;
    }

    /// <summary>Whether a condition holds of what stands at a key.</summary>
    public static bool Holds(WriteCondition condition, MarkedObject? found) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => found is null,
            WriteConditionKind.IfMatch => found?.Version == condition.Version,
            _ => true,
        };

    /// <summary>The error for what cannot be told.</summary>
    /// <param name="operation">What was done, in the user's words: <c>write</c>, <c>delete</c>.</param>
    /// <param name="path">The object, as the user would write it.</param>
    /// <param name="failure">How the answer was lost, in a few words.</param>
    /// <param name="cause">What was thrown.</param>
    public static StoreException Unknown(string operation, string path, string failure, Exception? cause) =>
        new(
            StoreErrorKind.Unavailable,
            operation,
            path,
            $"the answer was lost ({failure}), and the object has been changed again since: it cannot be told whether this {operation} "
                + $"happened; look at it before you try again",
            isTransient: false,
            cause
        );
}
