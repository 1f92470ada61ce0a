using Kops.StateStore.Files;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access;

/// <summary>One thing that is allowed, in no cloud's words.</summary>
/// <param name="Need">What it is for.</param>
/// <param name="Places">Where; for <see cref="AccessArea.Buckets"/> a place without a key for each bucket.</param>
public sealed record AccessGrant(AccessNeed Need, IReadOnlyList<AccessPlace> Places)
{
    /// <summary>What is allowed at least, for somebody who works on these places. What one grant covers, no other repeats.</summary>
    public static IReadOnlyList<AccessGrant> For(AccessMode mode, StatePlan places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var needs = AccessNeed.All.Where(need => need.Modes.Contains(mode)).ToList();
        var files = new List<AccessGrant>();
        foreach (var need in needs.Where(need => need.Area is not AccessArea.Buckets))
        {
            var wanted = places.Of(need.Area);
            var top = wanted.Where(place =>
                !wanted.Any(other => other != place && other.Holds(place))
                && !files.Any(grant => need.Rights.All(grant.Need.Rights.Contains) && grant.Places.Any(other => other.Holds(place)))
            );
            if (top.Distinct().ToList() is { Count: > 0 } rest)
                files.Add(new(need, rest));
        }

        var buckets =
            from need in needs
            where need.Area is AccessArea.Buckets && (places.AsksEncryption || !need.Rights.Contains(StoreRight.AskEncryption))
            let named = files
                .Where(grant => need.BucketsWith is not { } right || grant.Need.Rights.Contains(right))
                .SelectMany(grant => grant.Places)
                .Select(place => place with { Key = string.Empty, IsFile = false })
                .Distinct()
                .ToList()
            where named.Count > 0
            select new AccessGrant(need, named);
        return [.. buckets, .. files];
    }
}
