using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Operations.Events;

namespace Kops.Operations.Access.Policies;

/// <summary>The least rights that somebody needs to work with a state store, in the words of its cloud.</summary>
public static class StatePolicy
{
    /// <summary>Writes the documents, by their names.</summary>
    /// <param name="cloud">In whose words.</param>
    /// <param name="mode">What they do.</param>
    /// <param name="plan">On what.</param>
    /// <param name="request">Who they are; its grants are made here.</param>
    /// <param name="tell">Is told of what the policies cannot say.</param>
    /// <exception cref="InvalidFlagException">A principal, a scope or a key cannot be one.</exception>
    public static MappingNode Write(PolicyCloud cloud, AccessMode mode, StatePlan plan, PolicyRequest request, Action<OperationEvent> tell)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tell);
        if (plan.Cluster is { } cluster && !cloud.IsByKey)
            tell(
                new Advice(
                    EventLevel.Note,
                    $"{cloud.Name} gives rights on a store as a whole; these are not on cluster \"{cluster}\" alone."
                )
            );
        var all = AccessGrant.For(mode, plan with { IsLocked = cloud.IsLocked });
        foreach (var place in all.SelectMany(grant => grant.Places).Where(place => !cloud.Schemes.Contains(place.Scheme)).Distinct())
            tell(
                new Advice(
                    EventLevel.Warning,
                    $"{place.Scheme}://{place.Bucket}/{place.Key} is in another cloud; these policies do not speak of it."
                )
            );
        var grants =
            from grant in all
            let places = grant.Places.Where(place => cloud.Schemes.Contains(place.Scheme)).ToList()
            where places.Count > 0
            select grant with
            {
                Places = places,
            };
        return cloud.Write(request with { Grants = [.. grants] });
    }
}
