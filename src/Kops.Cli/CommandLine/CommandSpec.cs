namespace Kops.Cli.CommandLine;

/// <summary>One command: what it is called, takes and does.</summary>
/// <param name="Path">Its words: <c>get clusters</c>; empty for the program itself.</param>
/// <param name="Help">One line for lists of commands.</param>
internal sealed record CommandSpec(string Path, string Help)
{
    /// <summary>Other words for the last word of the path.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What may follow, as shown in help: <c>[CLUSTER]...</c>.</summary>
    public string Arguments { get; init; } = string.Empty;

    /// <summary>How many arguments at least.</summary>
    public int MinArguments { get; init; }

    /// <summary>How many arguments at most.</summary>
    public int MaxArguments { get; init; }

    /// <summary>Where arguments come from, for completion.</summary>
    public ValueSource Values { get; init; }

    /// <summary>More about the command, in paragraphs.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>A comment and a command line, for each.</summary>
    public IReadOnlyList<(string What, string Line)> Examples { get; init; } = [];

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Whether the flags hold for the commands below this one too.</summary>
    public bool FlagsAreInherited { get; init; }

    /// <summary>Whether lists of commands leave it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What to do in its place: kOps has the command, this program not yet. Null for a command that is here.</summary>
    public string? Instead { get; init; }

    /// <summary>What it does; null for a group of commands.</summary>
    public Func<Invocation, CancellationToken, Task<int>>? Run { get; init; }

    public string Name => Path[(Path.LastIndexOf(' ') + 1)..];

    public string Parent => Path.LastIndexOf(' ') is var end and >= 0 ? Path[..end] : string.Empty;
}
