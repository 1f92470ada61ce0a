using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>A flag and what its values mean: what a command declares, and reads with <see cref="Invocation.Get"/>.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="Help">What it does, for people.</param>
/// <param name="Read">
/// What values mean: those that were given, one for each time; else the default, if there is one; else none.
/// </param>
/// <typeparam name="T">What it is to the command.</typeparam>
internal sealed record Flag<T>(string Name, FlagKind Kind, string Help, Func<Flag<T>, IReadOnlyList<string>, T> Read)
    : Flag(Name, Kind, Help)
{
    public override void Check(FlagSet flags) => flags.Get(this);
}
