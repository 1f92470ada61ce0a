using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli;

/// <summary><c>kops man DIR</c>: the manual pages of all commands, for packages.</summary>
internal static class ManCommand
{
    public static CommandSpec Spec { get; } =
        new("man", "Write the manual pages of all commands into a directory")
        {
            Arguments = "DIR",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.File,
            IsHidden = true,
            Run = static (run, _) =>
            {
                var directory = Directory.CreateDirectory(run.Arguments[0]).FullName;
                var parser = new CommandParser(CommandTable.All);
                foreach (var spec in CommandTable.All.Where(spec => !spec.IsHidden))
                {
                    using var page = new StreamWriter(Path.Combine(directory, ManPage.NameOf(spec) + ".1"));
                    ManPage.Write(page, spec, CommandTable.All, [.. parser.FlagsOf(spec)], ProgramVersion.Number);
                }

                return Task.FromResult(ExitCode.Done);
            },
        };
}
