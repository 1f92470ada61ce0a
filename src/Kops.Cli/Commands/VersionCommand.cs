using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Commands;

/// <summary><c>kops version</c>: the program's own version, and the kOps whose files it writes.</summary>
internal static class VersionCommand
{
    public static CommandSpec Spec { get; } = new("version", "Print the version")
    {
        Flags =
        [
            Flag.Switch("short", "Print the number alone"),
            .. Flag.NotYet(4, "server?"),
        ],
        Run = static (run, _) =>
        {
            run.Out.WriteLine(run.Flags.IsOn("short") ? Number : $"Client version: {Number} (kOps {Model.Versions.Kops})");
            return Task.FromResult(ExitCode.Done);
        },
    };

    /// <summary>The version of the program.</summary>
    public const string Number = ProgramVersion.Number;
}
