using Kops.Api;
using Kops.Api.Validation;

namespace Kops.StateStore.Changes;

/// <summary>Asks the rules whether objects may be stored, as kOps' own stores do before they write.</summary>
internal static class ObjectRules
{
    /// <summary>Checks each object that is written: a cluster by itself and against what it was, a group in its cluster.</summary>
    /// <param name="stored">The cluster as it is stored; null where it is new.</param>
    /// <param name="cluster">The cluster that is written; null where it stays.</param>
    /// <param name="groups">The groups that are written.</param>
    /// <param name="rules">What passes.</param>
    /// <exception cref="InvalidObjectException">Something is wrong with one: all of it is named.</exception>
    public static void Check(Cluster? stored, Cluster? cluster, IEnumerable<InstanceGroup> groups, ValidationOptions rules)
    {
        if (cluster is not null)
        {
            var changes = stored is null ? [] : ClusterValidator.ValidateUpdate(stored, cluster, isApplied: false);
            Throw($"cluster {cluster.Metadata.Name}", [.. ClusterValidator.Validate(cluster, rules), .. changes]);
        }

        foreach (var group in groups)
            Throw($"instance group {group.Metadata.Name}", ClusterValidator.Validate(group, cluster ?? stored));
    }

    private static void Throw(string document, IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new InvalidObjectException(document, [.. problems.Select(problem => problem with { Subject = null })]);
    }
}
