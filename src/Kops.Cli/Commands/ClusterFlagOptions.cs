using Kops.Cli.CommandLine;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Cli.Commands;

/// <summary>The flags that shape a cluster, taken from the model's table and given back as its record.</summary>
internal static class ClusterFlagOptions
{
    private static readonly (Flag Flag, FlagDefinition<ClusterFlags> Definition)[] Table =
    [
        .. from subject in ClusterFlagTable.Subjects
        from definition in subject.Flags
        select ((Flag)ToFlag(definition, subject.Title), definition),
    ];

    public static IEnumerable<Flag> Flags => Table.Select(row => row.Flag);

    /// <summary>What was given, and nothing else.</summary>
    public static ClusterFlags Read(FlagSet flags) =>
        Table.Where(row => flags.Has(row.Flag)).Aggregate(new ClusterFlags(), (all, row) => row.Definition.Set(all, flags.Raw(row.Flag)));

    private static ValueSource ValuesOf(FlagDefinition<ClusterFlags> definition) =>
        definition.Name switch
        {
            "zones" or "control-plane-zones" => ValueSource.Zone,
            "set" or "unset" => ValueSource.ClusterField,
            _ => ValueSource.None,
        };

    private static Flag<IReadOnlyList<string>> ToFlag(FlagDefinition<ClusterFlags> definition, string subject) =>
        new(definition.Name, definition.Kind, definition.Help, static (_, values) => values)
        {
            Short = definition.Short,
            Default = definition.Default,
            Aliases = definition.Aliases,
            Choices = definition.Choices,
            Deprecated = definition.Deprecated,
            Feature = definition.Feature,
            IsHidden = definition.IsHidden,
            Subject = subject,
            Values = ValuesOf(definition),
            IsCommon = definition.IsCommon,
        };
}
