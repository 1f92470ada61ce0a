using Kops.Cli.CommandLine;
using Kops.Model.NewCluster;

namespace Kops.Cli.Commands;

/// <summary>The flags that shape a cluster, taken from the model's table and given back as its record.</summary>
internal static class ClusterFlagOptions
{
    public static IReadOnlyList<Flag> Flags { get; } =
    [
        .. ClusterFlagTable.All.Select(definition => new Flag(definition.Name, definition.Kind, definition.Help)
        {
            Short = definition.Short,
            Default = definition.Default,
            Aliases = definition.Aliases,
            Choices = definition.Choices,
            Deprecated = definition.Deprecated,
            Feature = definition.Feature,
            IsHidden = definition.IsHidden,
        }),
    ];

    /// <summary>What was given, and nothing else.</summary>
    public static ClusterFlags Read(FlagSet flags) =>
        ClusterFlagTable
            .All.Where(definition => flags.Has(definition.Name))
            .Aggregate(new ClusterFlags(), (all, definition) => definition.Set(all, flags.Raw(definition.Name)));
}
