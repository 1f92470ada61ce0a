using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Operations.Validation;
using Kops.StateStore.Clusters;
using Kops.StateStore.Layout;

namespace Kops.Operations.Objects;

/// <summary>The objects of one cluster among those that are handed in.</summary>
/// <param name="ClusterName">The cluster.</param>
public sealed record ClusterObjects(string ClusterName)
{
    private readonly List<InstanceGroup> _groups = [];
    private readonly List<SSHCredential> _credentials = [];
    private readonly List<ApiDocument> _others = [];
    private readonly Dictionary<KopsObject, string> _sources = new(ReferenceEqualityComparer.Instance);

    /// <summary>The cluster itself; null when it is not among them.</summary>
    public Cluster? Cluster { get; private set; }

    /// <summary>Its instance groups.</summary>
    public IReadOnlyList<InstanceGroup> InstanceGroups => _groups;

    /// <summary>Its SSH public keys.</summary>
    public IReadOnlyList<SSHCredential> SshCredentials => _credentials;

    /// <summary>Objects that are none of kOps' own: they become additional objects of the cluster.</summary>
    public IReadOnlyList<ApiDocument> Others => _others;

    /// <summary>
    /// Sorts documents by cluster: a Cluster by its name, everything else by its label, or to the one cluster that is meant.
    /// </summary>
    /// <param name="session">The work.</param>
    /// <param name="documents">All documents.</param>
    /// <param name="name">The cluster that is meant by objects that do not say it; null: the only one among them.</param>
    /// <exception cref="OperationException">An object does not say where it belongs.</exception>
    public static IReadOnlyList<ClusterObjects> Sort(ClusterSession session, IReadOnlyList<SourcedDocument> documents, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(documents);
        var sorted = new List<ClusterObjects>();
        ClusterObjects Of(string cluster)
        {
            if (sorted.Find(one => one.ClusterName == cluster) is { } known)
                return known;
            sorted.Add(new ClusterObjects(session.CheckName(cluster)));
            return sorted[^1];
        }

        foreach (var (document, source) in documents)
        {
            if (document.Object is not Cluster cluster)
                continue;
            var own = Of(cluster.Metadata.Name ?? string.Empty);
            if (own.Cluster is not null)
                throw OperationException.InvalidRequest($"{source}: cluster \"{own.ClusterName}\" is there twice");
            own.Cluster = cluster;
            own._sources[cluster] = source;
        }

        var fallback = name ?? (sorted.Count == 1 ? sorted[0].ClusterName : null);
        foreach (var (document, source) in documents)
        {
            var label =
                document.Object is { } value && value.Metadata.Labels.TryGetValue(ClusterLabel.Name, out var labelled)
                    ? labelled
                    : fallback;
            switch (document.Object)
            {
                case Kops.Api.Cluster:
                    break;
                case null when fallback is null:
                    throw OperationException.InvalidRequest(
                        $"{source}: {document.Root["kind"]} is not an object of kOps; with one cluster in the same files, or --name, it "
                            + $"becomes an additional object of that cluster"
                    );
                case null:
                    Of(fallback)._others.Add(document);
                    break;
                case var other when label is null:
                    throw OperationException.InvalidRequest(
                        $"{source}: {other.Kind} \"{other.Metadata.Name}\" does not say which cluster it belongs to: give it the label "
                            + $"{ClusterLabel.Name}, or use --name"
                    );
                case InstanceGroup group:
                    Of(label)._groups.Add(group);
                    Of(label)._sources[group] = source;
                    break;
                case SSHCredential credential:
                    Of(label)._credentials.Add(credential);
                    break;
                default:
                    throw OperationException.InvalidRequest(
                        $"{source}: objects of kind {document.Object.Kind} cannot be handed in; there are Cluster, InstanceGroup and "
                            + $"SSHCredential"
                    );
            }
        }

        return sorted;
    }

    /// <summary>The cluster with what kOps chooses once, checked; null when it is not among them.</summary>
    /// <exception cref="InvalidObjectException">It may not be like that. File and line are the user's.</exception>
    internal async Task<Cluster?> AssignedAsync(ClusterSession session, ClusterState? state, CancellationToken cancellationToken)
    {
        if (Cluster is not { } given)
            return null;
        try
        {
            var assigned = await Assignment.CompleteAsync(session, given, InstanceGroups, cancellationToken).ConfigureAwait(false);
            await Validity.CheckAsync(session, state, assigned, cancellationToken).ConfigureAwait(false);
            return assigned;
        }
        catch (InvalidObjectException invalid)
        {
            throw InFile(given, invalid);
        }
    }

    /// <summary>Checks a group by itself and in its cluster.</summary>
    /// <exception cref="InvalidObjectException">It may not be like that. File and line are the user's.</exception>
    internal void Check(ClusterSession session, InstanceGroup group, Cluster cluster)
    {
        try
        {
            Validity.Check(session, group, cluster);
        }
        catch (InvalidObjectException invalid)
        {
            throw InFile(group, invalid);
        }
    }

    private InvalidObjectException InFile(KopsObject value, InvalidObjectException invalid) =>
        new(_sources[value], [.. invalid.Problems.Select(problem => problem with { Subject = problem.Subject ?? invalid.Document })]);

    /// <summary>A credential's public key.</summary>
    internal static byte[] PublicKey(SSHCredential credential) => Encoding.UTF8.GetBytes(credential.Spec.PublicKey ?? string.Empty);
}
