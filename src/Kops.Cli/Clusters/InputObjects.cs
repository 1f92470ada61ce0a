using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Layout;

namespace Kops.Cli.Clusters;

/// <summary>The objects of one cluster among those that a user hands in with <c>-f</c>.</summary>
/// <param name="ClusterName">The cluster.</param>
internal sealed record InputObjects(string ClusterName)
{
    /// <summary>The cluster itself; null when it is not among them.</summary>
    public Cluster? Cluster { get; private set; }

    public List<InstanceGroup> InstanceGroups { get; } = [];

    public List<SSHCredential> SshCredentials { get; } = [];

    /// <summary>Objects that are none of kOps' own.</summary>
    public List<ApiDocument> Others { get; } = [];

    /// <summary>
    /// Sorts documents by cluster: a Cluster by its name, everything else by its label, or to the one cluster that is meant.
    /// </summary>
    /// <param name="run">The command, whose <c>--name</c> says which cluster is meant by objects that do not say it.</param>
    /// <param name="documents">All documents.</param>
    /// <exception cref="CommandException">An object does not say where it belongs.</exception>
    public static IReadOnlyList<InputObjects> Sort(Invocation run, IReadOnlyList<(ApiDocument Document, string Source)> documents)
    {
        var sorted = new List<InputObjects>();
        InputObjects Of(string name)
        {
            if (sorted.Find(one => one.ClusterName == name) is { } known)
                return known;
            sorted.Add(new InputObjects(Settings.ClusterNames.Checked(run, name)));
            return sorted[^1];
        }

        foreach (var (document, source) in documents)
        {
            if (document.Object is not Api.Cluster cluster)
                continue;
            var own = Of(cluster.Metadata.Name ?? string.Empty);
            if (own.Cluster is not null)
                throw CommandException.Usage($"{source}: cluster \"{own.ClusterName}\" is there twice");
            own.Cluster = cluster;
        }

        var fallback =
            run.Get(GlobalFlags.Name) is { Length: > 0 } flag ? flag
            : sorted.Count == 1 ? sorted[0].ClusterName
            : null;
        foreach (var (document, source) in documents)
        {
            var label =
                document.Object is { } value && value.Metadata.Labels.TryGetValue(Labels.Cluster, out var labelled) ? labelled : fallback;
            switch (document.Object)
            {
                case Api.Cluster:
                    break;
                case null when fallback is null:
                    throw CommandException.Usage(
                        $"{source}: {document.Root["kind"]} is no object of kOps; with one cluster in the same files, or --name, it "
                            + $"becomes an additional object of that cluster"
                    );
                case null:
                    Of(fallback).Others.Add(document);
                    break;
                case var other when label is null:
                    throw CommandException.Usage(
                        $"{source}: {other.Kind} \"{other.Metadata.Name}\" does not say which cluster it belongs to: give it the label "
                            + $"{Labels.Cluster}, or use --name"
                    );
                case InstanceGroup group:
                    Of(label).InstanceGroups.Add(group);
                    break;
                case SSHCredential credential:
                    Of(label).SshCredentials.Add(credential);
                    break;
                default:
                    throw CommandException.Usage(
                        $"{source}: objects of kind {document.Object.Kind} cannot be handed in; there are Cluster, InstanceGroup and "
                            + $"SSHCredential"
                    );
            }
        }

        return sorted;
    }

    /// <summary>The file that holds the additional objects: their texts, divided as kOps divides them.</summary>
    public byte[] OthersFile() =>
        Encoding.UTF8.GetBytes(string.Join("\n---\n\n", Others.Select(document => document.Raw.TrimEnd('\n') + "\n")));

    /// <summary>A credential's public key.</summary>
    public static byte[] PublicKey(SSHCredential credential) => Encoding.UTF8.GetBytes(credential.Spec.PublicKey ?? string.Empty);
}
