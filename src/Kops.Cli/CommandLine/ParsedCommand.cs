namespace Kops.Cli.CommandLine;

/// <summary>A command line that was understood.</summary>
internal sealed record ParsedCommand(CommandSpec Spec, IReadOnlyList<string> Arguments, FlagSet Flags);
