using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>One flag of a command: parsing, help and completion are all made from this.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="Help">What it does, for people.</param>
internal abstract record Flag(string Name, FlagKind Kind, string Help)
{
    public string? Short { get; init; }

    /// <summary>What holds when the flag is not given, as it would be typed.</summary>
    public string? Default { get; init; }

    /// <summary>The value of the flag when it stands alone; such a flag takes its value with <c>=</c> only.</summary>
    public string? Bare { get; init; }

    /// <summary>Old names that still work; help does not show them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values that can be given, for help and completion; empty when any text will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What values stand for: <c>file</c>, <c>name</c>.</summary>
    public ValueSource Values { get; init; }

    /// <summary>What it is about, for the help of commands with many flags: <c>Machines</c>. Null for what every user meets.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether help names it first, whatever it is about.</summary>
    public bool IsCommon { get; init; }

    /// <summary>Whether help leaves it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether the flag says where, which or how much, and nothing of what is done.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>The feature (of <c>KOPS_FEATURE_FLAGS</c>) without which the flag does not exist; null for most.</summary>
    public string? Feature { get; init; }

    /// <summary>Whether quotes within an item of a list are plain characters.</summary>
    public bool IsLazy { get; init; }

    /// <summary>Said on stderr when the flag is used: what to use in its place.</summary>
    public string? Deprecated { get; init; }

    /// <summary>
    /// What to do in its place: kOps has the flag, this program not yet. Given, it is refused. Null for a flag that is here.
    /// </summary>
    public string? Instead { get; init; }

    /// <summary>What the flag is when nothing follows it; null when a value must follow.</summary>
    public string? ValueWhenBare => Kind == FlagKind.Switch ? "true" : Bare;

    /// <summary>A flag whose value is a text; null when it is not given and has no default.</summary>
    public static Flag<string?> Text(string name, string help) => new(name, FlagKind.Text, help, static (_, values) => Last(values));

    /// <summary>A flag whose value is a text that stands for something.</summary>
    /// <param name="name">The name without dashes.</param>
    /// <param name="help">What it does, for people.</param>
    /// <param name="read">What a text stands for; null is a flag that is not given and has no default.</param>
    public static Flag<T> Text<T>(string name, string help, Func<string?, T> read) =>
        new(name, FlagKind.Text, help, (_, values) => read(Last(values)));

    /// <summary>A flag whose value is a list; empty when it is not given and has no default.</summary>
    public static Flag<IReadOnlyList<string>> List(string name, string help) =>
        new(
            name,
            FlagKind.List,
            help,
            static (flag, values) => [.. values.SelectMany(value => FlagValues.List(flag.Name, value, flag.IsLazy))]
        );

    /// <summary>A flag that is on or off.</summary>
    public static Flag<bool> Switch(string name, string help) =>
        new(name, FlagKind.Switch, help, static (flag, values) => values is [.., var last] && FlagValues.Boolean(flag.Name, last));

    /// <summary>A flag whose value is a whole number; null when it is not given and has no default.</summary>
    public static Flag<int?> Integer(string name, string help) =>
        new(name, FlagKind.Integer, help, static (flag, values) => values is [.., var last] ? FlagValues.Integer(flag.Name, last) : null);

    /// <summary>Flags of kOps that are not here yet, and what to do in their place: <c>a b? c*</c> are texts, switches and lists.</summary>
    public static IEnumerable<Flag> NotYet(string instead, string names) =>
        names
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name =>
                name[^1] switch
                {
                    '?' => Switch(name[..^1], string.Empty),
                    '*' => List(name[..^1], string.Empty),
                    _ => (Flag)Text(name, string.Empty),
                } with
                {
                    Instead = instead,
                    IsHidden = true,
                }
            );

    /// <summary>Reads what was given, so that a mistake ends the command before it does anything.</summary>
    /// <exception cref="InvalidFlagException">A value that the flag cannot have.</exception>
    public abstract void Check(FlagSet flags);

    private static string? Last(IReadOnlyList<string> values) => values is [.., var last] ? last : null;
}
