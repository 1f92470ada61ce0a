using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>The flags as they were given.</summary>
internal sealed class FlagSet(IReadOnlyDictionary<string, (Flag Flag, IReadOnlyList<string> Values)> given, IEnumerable<Flag> known)
{
    private readonly HashSet<string> _known = [.. known.Select(flag => flag.Name)];

    /// <summary>The old names that were typed, each with its flag.</summary>
    public IReadOnlyList<(string Name, Flag Flag)> OldNames { get; init; } = [];

    /// <summary>What a flag says; its default where it is not given, as one is that the command does not take.</summary>
    /// <exception cref="InvalidFlagException">A value that it cannot have.</exception>
    public T Get<T>(Flag<T> flag) =>
        flag.Read(
            flag,
            Has(flag) ? Raw(flag)
                : flag.Default is { } text ? [text]
                : []
        );

    /// <summary>Whether the flag stands on the command line.</summary>
    public bool Has(Flag flag) => given.ContainsKey(flag.Name);

    /// <summary>Whether the command takes the flag.</summary>
    public bool Takes(Flag flag) => _known.Contains(flag.Name);

    /// <summary>What was given, one item for each time; empty when it was not.</summary>
    public IReadOnlyList<string> Raw(Flag flag) => given.TryGetValue(flag.Name, out var entry) ? entry.Values : [];

    /// <summary>The flags that were given.</summary>
    public IEnumerable<Flag> Given => given.Values.Select(entry => entry.Flag);

    /// <summary>The flags that were given, as they can be typed, without those that say where and how much.</summary>
    public IEnumerable<string> Words =>
        given
            .Values.Where(entry => !entry.Flag.IsGeneral)
            .SelectMany(entry =>
                entry.Values.Select(value => entry.Flag.ValueWhenBare == value ? $"--{entry.Flag.Name}" : $"--{entry.Flag.Name}={value}")
            );
}
