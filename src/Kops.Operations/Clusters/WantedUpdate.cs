using Kops.Build;
using Kops.Build.Input;
using Kops.Model.Clouds;
using Kops.Operations.Updates;
using Kops.StateStore.Changes.Updates;

namespace Kops.Operations.Clusters;

/// <summary>What follows from a cluster.</summary>
/// <param name="Inputs">What it follows from: the completed cluster and its groups, keysets, facts.</param>
/// <param name="Files">The files of the state store, and what machines are told with their user data.</param>
/// <param name="FinalFiles">The same once all keys are there; those that are missing are made, and not stored yet.</param>
/// <param name="Content">What the state store holds besides what people edit.</param>
internal sealed record WantedUpdate(UpdateInputs Inputs, ClusterFiles Files, Lazy<ClusterFiles> FinalFiles, UpdateContent Content)
{
    /// <summary>What was edited in instance groups since the last update; null when that is not known.</summary>
    public IReadOnlyList<GroupEdit>? Edits { get; init; }

    /// <summary>Whether the cluster was updated before, by whomever.</summary>
    public bool IsApplied { get; init; }

    /// <summary>The files that kOps would write and this program does not, whatever changes: each update says so.</summary>
    public IReadOnlyList<string> Undone => [.. Addons.Undone is { } addons ? [addons] : (string[])[], .. Files.Gaps];

    /// <summary>Its addons.</summary>
    public required UpdateAddons Addons { get; init; }

    /// <summary>The cluster, completed.</summary>
    public Api.Cluster Completed => Inputs.Request.Cluster;

    /// <summary>Its instance groups, completed.</summary>
    public IReadOnlyList<Api.InstanceGroup> Groups => Inputs.Request.Groups;

    /// <summary>What files follow from once all keys are there; those that are missing are made, and not stored yet.</summary>
    public BuildRequest FinalRequest =>
        Inputs.LacksKeys ? Inputs.Request with { Keysets = KeysetFacts.Final(Inputs.Keysets) } : Inputs.Request;

    /// <summary>What is known of the clouds by now.</summary>
    public CloudFacts Facts => Inputs.Facts;
}
