using Kops.Cli.Hosting;
using Kops.Vfs;

namespace Kops.Cli.CommandLine;

/// <summary>One run of a command: what was typed, and what it may touch.</summary>
internal sealed class Invocation(KopsHost host, IReadOnlyList<CommandSpec> table, CommandParser parser, ParsedCommand parsed, StoreRegistry stores)
{
    public KopsHost Host { get; } = host;

    public IReadOnlyList<CommandSpec> Table { get; } = table;

    public CommandParser Parser { get; } = parser;

    public CommandSpec Spec { get; } = parsed.Spec;

    public IReadOnlyList<string> Arguments { get; } = parsed.Arguments;

    public FlagSet Flags { get; } = parsed.Flags;

    /// <summary>The stores that this run opens.</summary>
    public StoreRegistry Stores { get; } = stores;

    public TextWriter Out => Host.Console.Out;

    public TextWriter Error => Host.Console.Error;

    /// <summary>What <c>-v</c> asks for; 0 says what is needed, 2 how things were found, 10 everything.</summary>
    public int Verbosity { get; } = ErrorReport.Verbosity(parsed.Flags);

    /// <summary>Says something on stderr to whoever asked for that much.</summary>
    public void Log(int level, string message)
    {
        if (Verbosity >= level) Error.WriteLine(message);
    }
}
