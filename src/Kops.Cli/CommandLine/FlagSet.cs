using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>The flags as they were given.</summary>
internal sealed class FlagSet(IReadOnlyDictionary<string, (Flag Flag, IReadOnlyList<string> Values)> given, IEnumerable<Flag> known)
{
    private readonly Dictionary<string, Flag> _known = known.ToDictionary(flag => flag.Name, StringComparer.Ordinal);

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
    public bool Takes(Flag flag) => _known.ContainsKey(flag.Name);

    /// <summary>What was given, one item for each time; empty when it was not.</summary>
    public IReadOnlyList<string> Raw(Flag flag) => Raw(flag.Name);

    /// <summary>Whether the flag stands on the command line.</summary>
    public bool Has(string name) => given.ContainsKey(name);

    /// <summary>What was given, one item for each time; empty when it was not.</summary>
    public IReadOnlyList<string> Raw(string name) => given.TryGetValue(name, out var entry) ? entry.Values : [];

    /// <summary>The last value given, or the default; null when there is neither.</summary>
    public string? Text(string name) => given.TryGetValue(name, out var entry) ? entry.Values[^1] : Known(name).Default;

    /// <summary>All items given, commas split; or the default's.</summary>
    public IReadOnlyList<string> List(string name) =>
        [
            .. (
                given.TryGetValue(name, out var entry) ? entry.Values
                : Known(name).Default is { } text ? [text]
                : []
            ).SelectMany(value => FlagValues.List(name, value, Known(name).IsLazy)),
        ];

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string name) => Text(name) is { } text && FlagValues.Boolean(name, text);

    /// <summary>Whether the command has the flag at all.</summary>
    public bool Knows(string name) => _known.ContainsKey(name);

    /// <summary>The flags that were given.</summary>
    public IEnumerable<Flag> Given => given.Values.Select(entry => entry.Flag);

    /// <summary>The flags that were given, as they can be typed, without those that say where and how much.</summary>
    public IEnumerable<string> Words =>
        given
            .Values.Where(entry => !entry.Flag.IsGeneral)
            .SelectMany(entry =>
                entry.Values.Select(value => entry.Flag.ValueWhenBare == value ? $"--{entry.Flag.Name}" : $"--{entry.Flag.Name}={value}")
            );

    private Flag Known(string name) =>
        _known.GetValueOrDefault(name) ?? throw new InvalidOperationException($"the command has no flag --{name}");
}
