using Kops.Api;
using Kops.Api.Validation;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.StateStore.Clusters;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.Operations.Validation;

/// <summary>Asks the rules whether objects may be stored.</summary>
internal static class Validity
{
    /// <summary>Checks a new cluster with its groups.</summary>
    /// <param name="session">The work.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="flags">What it was made from, where that was flags: they are named.</param>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static void Check(ClusterSession session, Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags? flags = null)
    {
        var problems = Own(cluster, WithWhatFollows(session, cluster, groups, session.Rules));
        Throw(cluster, flags is null ? problems : FlagOrigins.Name(flags, problems));
    }

    /// <summary>Checks a cluster by itself, as it is stored.</summary>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static void Check(ClusterSession session, Cluster cluster) => Throw(cluster, ClusterValidator.Validate(cluster, session.Rules));

    /// <summary>
    /// Checks a cluster with its groups as they are to be, what follows from it, and what is changed in it. A control-plane group and its
    /// etcd members may come one after the other.
    /// </summary>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static async Task CheckAsync(
        ClusterSession session,
        ClusterState before,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        CancellationToken cancellationToken
    ) =>
        Throw(
            cluster,
            [
                .. WithWhatFollows(session, cluster, groups, session.Rules with { AllowUnfinishedControlPlane = true }),
                .. await PlacesAsync(session, before.Cluster.Value, cluster, cancellationToken).ConfigureAwait(false),
                .. await ChangesAsync(before, cluster, cancellationToken).ConfigureAwait(false),
            ]
        );

    /// <summary>Checks a cluster by itself, as it is stored, and what is changed in it.</summary>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static async Task CheckAsync(
        ClusterSession session,
        ClusterState? before,
        Cluster cluster,
        CancellationToken cancellationToken
    ) =>
        Throw(
            cluster,
            [
                .. ClusterValidator.Validate(cluster, session.Rules),
                .. await PlacesAsync(session, before?.Cluster.Value, cluster, cancellationToken).ConfigureAwait(false),
                .. before is null ? [] : await ChangesAsync(before, cluster, cancellationToken).ConfigureAwait(false),
            ]
        );

    /// <summary>Checks a completed cluster with its groups.</summary>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static void CheckCompleted(ClusterSession session, Cluster completed, IReadOnlyList<InstanceGroup> groups) =>
        Throw(completed, Whole(session, completed, groups, session.Rules));

    /// <summary>Checks a group by itself and in its cluster, and in the cluster with what follows from it.</summary>
    /// <exception cref="InvalidObjectException">Something is wrong: all of it is named.</exception>
    public static void Check(ClusterSession session, InstanceGroup group, Cluster cluster)
    {
        Problem[] problems = [.. ClusterValidator.Validate(group, cluster), .. Machines(session, cluster, [group])];
        if (problems.Length == 0 && TryComplete(session, cluster, [group]) is { } completed)
            problems = [.. ClusterValidator.Validate(group, completed)];
        if (problems.Length > 0)
            throw new InvalidObjectException($"instance group {group.Metadata.Name}", problems);
    }

    /// <summary>
    /// Checks a cluster with other groups than before: what was wrong then is no reason to refuse, what would be wrong now is one.
    /// </summary>
    /// <exception cref="InvalidObjectException">The cluster does not work with these groups.</exception>
    public static void CheckRest(ClusterState state, IReadOnlyList<InstanceGroup> groups)
    {
        var cluster = state.Cluster.Value;
        var before = ClusterValidator
            .Validate(cluster, [.. state.InstanceGroups.Select(group => group.Value)])
            .Select(problem => (problem.Path, problem.Message))
            .ToHashSet();
        var broken = ClusterValidator
            .Validate(cluster, groups)
            .Where(problem => !before.Contains((problem.Path, problem.Message)))
            .ToList();
        var gone = state.InstanceGroups.Select(group => group.Name).Except(groups.Select(group => group.Metadata.Name)).ToList();
        if (broken.Count > 0)
            throw new InvalidObjectException(
                $"cluster {state.Name}{(gone.Count > 0 ? $" without {string.Join(", ", gone)}" : string.Empty)}",
                [.. broken.Select(problem => problem with { Position = null, Subject = null })]
            );
    }

    /// <summary>Checks that a new cluster keeps nothing where another one does.</summary>
    /// <exception cref="InvalidObjectException">It does.</exception>
    public static async Task CheckPlacesAsync(ClusterSession session, Cluster cluster, CancellationToken cancellationToken) =>
        Throw(cluster, await PlacesAsync(session, null, cluster, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Places in the directory of another cluster, or of the whole store: what is deleted of one would be gone for the other. Those that
    /// were named before are let be, so that other fields can be edited.
    /// </summary>
    private static async Task<IReadOnlyList<Problem>> PlacesAsync(
        ClusterSession session,
        Cluster? before,
        Cluster cluster,
        CancellationToken cancellationToken
    )
    {
        var (layout, unknown) = LayoutOf(session, cluster);
        if (layout is null)
            return unknown is null || LayoutOf(session, before).Unknown is not null ? [] : [new Problem("spec", unknown)];
        var known = LayoutOf(session, before).Layout?.Places.Select(place => place.Path.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        return
        [
            .. (await SharedPlaces.FindNamedAsync(layout, cancellationToken).ConfigureAwait(false))
                .Where(place => !known.Contains(place.Mine.Path.ToString()))
                .Select(place => new Problem($"spec.{Field(place.Mine)}", $"{place.Mine.Path} is {place.Other}: name a place of its own")),
        ];

        static string Field(ClusterPlace place) => place.Role is ClusterPlaceRole.Backups ? "etcdClusters" : place.Name;
    }

    /// <summary>The layout; else what is unknown in an address, or neither where it is the rules that say what is wrong.</summary>
    private static (ClusterLayout? Layout, string? Unknown) LayoutOf(ClusterSession session, Cluster? cluster)
    {
        try
        {
            return cluster?.Metadata.Name is { } name && session.State.LayoutOf(name, cluster) is var layout && layout.Places.Count > 0
                ? (layout, null)
                : (null, null);
        }
        catch (StoreException error) when (error.Kind is StoreErrorKind.InvalidArgument)
        {
            return (null, error.Message);
        }
        catch (KopsException)
        {
            return (null, null);
        }
    }

    private static IReadOnlyList<Problem> Whole(
        ClusterSession session,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ValidationOptions rules
    ) => [.. ClusterValidator.Validate(cluster, groups, rules), .. Machines(session, cluster, groups)];

    /// <summary>
    /// What is wrong with a cluster; where nothing is, what is wrong with the completed one, by which its machines run: a component too old
    /// for a default, for one.
    /// </summary>
    private static IReadOnlyList<Problem> WithWhatFollows(
        ClusterSession session,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ValidationOptions rules
    ) =>
        Whole(session, cluster, groups, rules) is { Count: > 0 } problems ? problems
        : TryComplete(session, cluster, groups) is { } completed ? Whole(session, completed, groups, rules)
        : [];

    /// <summary>The completed cluster; null where that takes what only the cloud knows, which is asked for when it is applied.</summary>
    private static Cluster? TryComplete(ClusterSession session, Cluster cluster, IReadOnlyList<InstanceGroup> groups)
    {
        try
        {
            return ClusterCompleter.Complete(new CompletionRequest(cluster, groups, session.Knowledge.Facts()));
        }
        catch (Exception unknown) when (unknown is FormatException or InvalidFlagException)
        {
            return null;
        }
    }

    // Which architecture a machine type has is no matter of the object alone.
    private static IReadOnlyList<Problem> Machines(ClusterSession session, Cluster cluster, IReadOnlyList<InstanceGroup> groups) =>
        groups.Any(MachineArchitectures.CanDiffer) ? MachineArchitectures.Check(cluster, groups, session.Knowledge.Facts()) : [];

    private static async Task<IReadOnlyList<Problem>> ChangesAsync(
        ClusterState before,
        Cluster cluster,
        CancellationToken cancellationToken
    ) =>
        ClusterValidator.ValidateUpdate(
            before.Cluster.Value,
            cluster,
            await before.MayHaveMachinesAsync(cancellationToken).ConfigureAwait(false)
        );

    private static void Throw(Cluster cluster, IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new InvalidObjectException($"cluster {cluster.Metadata.Name}", Own(cluster, problems));
    }

    // The message begins with the cluster; each problem need not say it again.
    private static Problem[] Own(Cluster cluster, IReadOnlyList<Problem> problems) =>
        [.. problems.Select(problem => problem.Subject == $"Cluster {cluster.Metadata.Name}" ? problem with { Subject = null } : problem)];
}
