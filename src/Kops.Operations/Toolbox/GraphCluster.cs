using Kops.Operations.Clusters;
using Kops.Operations.Terraform;
using Kops.Operations.Updates;
using Kops.Resources.Graphs;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Toolbox;

/// <summary>Shows what a cluster needs in its cloud, and what of it needs what.</summary>
public static class GraphCluster
{
    private static readonly Dictionary<string, Func<ResourceGraph, string>> Writers = new(StringComparer.Ordinal)
    {
        ["svg"] = SvgWriter.Write,
        ["dot"] = DotWriter.Write,
        ["mermaid"] = MermaidWriter.Write,
    };

    /// <summary>The formats that it is written in; the first is a picture, the others are texts that programs draw.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Writers.Keys];

    /// <summary>The graph in a format. No cloud is asked: what it alone knows changes nothing of it.</summary>
    /// <exception cref="OperationException">The resources are not known here, the cluster cannot be completed, or there is no such
    /// format.</exception>
    public static async Task<string> RunAsync(
        ClusterSession session,
        ClusterState state,
        string format,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(format);
        if (!Writers.TryGetValue(format, out var write))
            throw OperationException.InvalidRequest($"-o: there is no format '{format}'; there are {string.Join(", ", Formats)}");
        var wanted = await UpdateCluster
            .WantAsync(session, state, new UpdateOptions { AllowKopsDowngrade = true, AllowUnsafeChanges = true }, cancellationToken)
            .ConfigureAwait(false);
        var resources = await ClusterResources.SketchAsync(session, state, wanted, cancellationToken).ConfigureAwait(false);
        return write(ResourceGraph.Of(state.Name, resources));
    }
}
