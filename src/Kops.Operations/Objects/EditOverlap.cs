using Kops.Api.Diff;
using Kops.Api.Documents;

namespace Kops.Operations.Objects;

/// <summary>Tells whether an edit still means what it meant when its object was read, now that somebody else has changed that.</summary>
public static class EditOverlap
{
    /// <summary>Refuses an edit where both made different things of a field.</summary>
    /// <param name="original">The object as it was read first.</param>
    /// <param name="mine">What the edit makes of that.</param>
    /// <param name="theirs">What somebody else made of it meanwhile.</param>
    /// <exception cref="OperationException">There are such fields: each is named with its three values.</exception>
    public static void Check(MappingNode original, MappingNode mine, MappingNode theirs)
    {
        if (ThreeWayMerge.Merge(original, mine, theirs).Conflicts is { Count: > 0 } conflicts)
            throw OperationException.Conflict(
                "somebody else changed the same fields meanwhile; nothing was changed by this command."
                    + string.Concat(conflicts.Select(conflict => $"\n    {conflict}"))
                    + "\nLook at that, and run the command again."
            );
    }
}
