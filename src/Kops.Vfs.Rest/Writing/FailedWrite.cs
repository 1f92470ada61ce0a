using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Writing;

/// <summary>
/// A write that was not acknowledged, and how it ended all the same. Where its answer was lost it is never sent again blindly: the mark
/// that it leaves (<see cref="WriteMark"/>) tells, for every store that keeps metadata beside an object.
/// </summary>
/// <param name="Operation">What was done, in the user's words: <c>write</c>, <c>copy</c>, <c>delete</c>.</param>
/// <param name="Path">The object, as the user would write it.</param>
/// <param name="Condition">What the write was conditioned on.</param>
/// <param name="Mark">The mark that it leaves; null for a write that leaves none.</param>
public sealed record FailedWrite(string Operation, string Path, WriteCondition Condition, WriteMark? Mark)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether the service said that the condition does not hold.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>How the answer to a try was lost that may have happened, in a few words; null where none was.</summary>
    public required string? Lost { get; init; }

    /// <summary>What was thrown when it was lost.</summary>
    public Exception? LostBy { get; init; }

    /// <summary>
    /// Whether what cannot be told counts as a conflict, because the caller looks and tries again, or because the service has said so.
    /// </summary>
    public bool UnknownIsConflict { get; init; }

    /// <summary>Finds what stands at the key; null for nothing.</summary>
    public required Func<CancellationToken, ValueTask<MarkedObject?>> Look { get; init; }

    /// <summary>Makes the error for the failure itself.</summary>
    public required Func<StoreException> Explain { get; init; }

    /// <summary>A write whose answer is a failure.</summary>
    /// <param name="errors">Explains it.</param>
    /// <param name="operation">What was done, in the user's words.</param>
    /// <param name="key">The object.</param>
    /// <param name="condition">What the write was conditioned on.</param>
    /// <param name="mark">The mark that it leaves; null for none.</param>
    /// <param name="answer">The failure, and that of an earlier try.</param>
    /// <param name="permission">The right to write, in the service's terms.</param>
    /// <param name="look">Finds what stands at the key; null for nothing.</param>
    public static FailedWrite Of(
        RestErrors errors,
        string operation,
        string key,
        WriteCondition condition,
        WriteMark? mark,
        RestAnswer answer,
        string permission,
        Func<CancellationToken, ValueTask<MarkedObject?>> look
    )
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new FailedWrite(operation, errors.PathOf(key), condition, mark)
        {
            IsRefused = answer.Failure?.IsRefusal == true,
            Lost = answer.Lost?.Describe(),
            LostBy = answer.Lost?.Cause,
            Look = look,
            Explain = () => errors.Wrap(operation, key, answer.Failure!, permission),
        };
    }

    /// <summary>Says how the write ended, and looks at the object where the answers do not tell.</summary>
    /// <exception cref="StoreException">It failed, or it cannot be told whether it happened.</exception>
    public async ValueTask<WriteOutcome> SettleAsync(CancellationToken cancellationToken)
    {
        if (Lost is null || Mark is null)
            return IsRefused && Condition.Kind is not WriteConditionKind.Any ? WriteOutcome.Conflict : throw Explain();
        var found = await LookAsync(cancellationToken).ConfigureAwait(false);
        return Conclude(Judge(found), found);
    }

    /// <summary>Looks at the object, for ten seconds at most.</summary>
    /// <exception cref="StoreException">It could not be looked at; that is reported as the failure of the write.</exception>
    public async ValueTask<MarkedObject?> LookAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookTimeout);
        try
        {
            return await Look(limit.Token).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Explain();
        }
    }

    /// <summary>What an object tells of the write.</summary>
    public WriteVerdict Judge(MarkedObject? found)
    {
        if (Mark is not null && found?.Mark?.Id == Mark.Id)
            return WriteVerdict.Happened;
        if (Condition.HoldsOf(found?.Version))
            return WriteVerdict.NotYet;
        // Where another write stands that was made on what ours was to be made on, ours has not happened. Without a lost answer it has not
        // happened at all.
        return Lost is null || found?.Mark?.Replaced == Mark?.Replaced ? WriteVerdict.Conflict : WriteVerdict.Unknown;
    }

    /// <summary>The outcome of a verdict.</summary>
    /// <exception cref="StoreException">It failed, or it cannot be told whether it happened.</exception>
    public WriteOutcome Conclude(WriteVerdict verdict, MarkedObject? found) =>
        verdict switch
        {
            WriteVerdict.Happened => WriteOutcome.Written(found!.Version),
            // It may be tried later; unless it was refused, which says that somebody was there in between.
            WriteVerdict.NotYet when !IsRefused => throw Explain(),
            WriteVerdict.NotYet or WriteVerdict.Conflict when Condition.Kind is not WriteConditionKind.Any => WriteOutcome.Conflict,
            WriteVerdict.Unknown when UnknownIsConflict => WriteOutcome.Conflict,
            _ => throw Unknown(),
        };

    /// <summary>The error for what cannot be told.</summary>
    public StoreException Unknown() =>
        new(
            StoreErrorKind.Unavailable,
            Operation,
            Path,
            $"the answer was lost ({Lost}), and the object has been changed again since: it cannot be told whether this {Operation} "
                + $"happened; look at it before you try again",
            isTransient: false,
            LostBy
        );
}
