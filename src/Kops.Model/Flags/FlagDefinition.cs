namespace Kops.Model.Flags;

/// <summary>One flag of a command: how it is written, what it means, and where its value goes in the record of all flags.</summary>
/// <typeparam name="TFlags">The record that holds the values of all flags of the command.</typeparam>
public sealed class FlagDefinition<TFlags>
    where TFlags : class
{
    private readonly Func<TFlags, string, IReadOnlyList<string>, TFlags> _assign;
    private readonly Func<TFlags, IReadOnlyList<string>?> _read;

    internal FlagDefinition(
        string name,
        FlagKind kind,
        string help,
        Func<TFlags, string, IReadOnlyList<string>, TFlags> assign,
        Func<TFlags, IReadOnlyList<string>?> read
    ) => (Name, Kind, Help, _assign, _read) = (name, kind, help, assign, read);

    /// <summary>The name, without dashes.</summary>
    public string Name { get; }

    /// <summary>A one-letter name; null when there is none.</summary>
    public string? Short { get; init; }

    /// <summary>How its values are written.</summary>
    public FlagKind Kind { get; }

    /// <summary>What the flag does, for people.</summary>
    public string Help { get; }

    /// <summary>What holds when the flag is not given, as it would be typed; null when that depends or is nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Old names that still work, each without dashes. They are not shown in help.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What to do instead, for a flag that works but should no longer be used; such a flag is not shown in help.</summary>
    public string? Deprecated { get; init; }

    /// <summary>The feature flag (of <c>KOPS_FEATURE_FLAGS</c>) without which the flag does not exist; null for most.</summary>
    public string? Feature { get; init; }

    /// <summary>The values that can be given, for completion; empty when any text will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The clouds for which the flag means something; empty for all of them.</summary>
    public IReadOnlyList<string> Clouds { get; init; } = [];

    /// <summary>Whether most people who use the command meet the flag, so that help names it first.</summary>
    public bool IsCommon { get; init; }

    /// <summary>Where the value lands, for the table of flags: <c>spec.networkCIDR</c>, <c>nodes: spec.machineType</c>.</summary>
    public string Lands { get; init; } = string.Empty;

    /// <summary>Whether help shows the flag.</summary>
    public bool IsHidden => Deprecated is not null || Feature is not null;

    /// <summary>The record with this flag set.</summary>
    /// <param name="flags">All flags so far.</param>
    /// <param name="values">What was given, one item for each time the flag stands on the command line; for a switch without a value,
    /// <c>true </c>. </param>
    /// <exception cref="InvalidFlagException">A value that the flag cannot have.</exception>
    public TFlags Set(TFlags flags, IReadOnlyList<string> values) => _assign(flags, Name, values);

    /// <summary>The flag's values as canonical text; null when it was not given.</summary>
    public IReadOnlyList<string>? Get(TFlags flags) => _read(flags);
}
