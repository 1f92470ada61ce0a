using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Goldens;

/// <summary>
/// Reads the flags of a <c>create cluster</c> command line through the one table of flags, as far as golden cases need it.
/// </summary>
internal static class CommandLine
{
    public static (string Name, ClusterFlags Flags) Read(IReadOnlyList<string> args)
    {
        string? name = null;
        var given = new Dictionary<FlagDefinition<ClusterFlags>, List<string>>();
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                name = args[i];
                continue;
            }

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var word = equals < 0 ? args[i][2..] : args[i][2..equals];
            if (word == "name")
            {
                name = equals < 0 ? args[++i] : args[i][(equals + 1)..];
                continue;
            }

            var flag = ClusterFlagTable.Find(word) ?? throw new InvalidOperationException($"no flag --{word}");
            var value =
                equals >= 0 ? args[i][(equals + 1)..]
                : flag.Kind == FlagKind.Switch ? "true"
                : args[++i];
            if (!given.TryGetValue(flag, out var values))
                given[flag] = values = [];
            values.Add(value);
        }

        return (name!, given.Aggregate(new ClusterFlags(), (flags, pair) => pair.Key.Set(flags, pair.Value)));
    }
}
