using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli;

/// <summary><c>kops help get clusters</c>: the same as <c>kops get clusters --help</c>.</summary>
internal static class HelpCommand
{
    public static CommandSpec Spec { get; } =
        new("help", "Tell what a command does")
        {
            Arguments = "[COMMAND]...",
            MaxArguments = 4,
            IsHidden = true,
            Run = static (run, _) =>
            {
                var parser = new CommandParser(CommandTable.NamedIn(run.Arguments));
                var parsed = parser.Parse([.. run.Arguments, "--help"]);
                new HelpText(run.Out, run.Host.Console.OutputWidth()).Write(
                    parsed.Spec,
                    CommandTable.All,
                    [.. parser.FlagsOf(parsed.Spec)],
                    isWhole: parsed.Arguments is [.., HelpText.Everything]
                );
                return Task.FromResult(ExitCode.Done);
            },
        };
}
