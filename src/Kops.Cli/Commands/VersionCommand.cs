using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops version</c>: the program's own version, and the kOps whose files it writes.</summary>
internal static class VersionCommand
{
    public static CommandSpec Spec { get; } =
        new("version", "Print the version")
        {
            Flags =
            [
                Flag.Switch("short", "Print the number alone"),
                Flag.Switch("server", "Print the kOps that updated the cluster last, too"),
            ],
            Run = static (run, cancellationToken) =>
            {
                run.Out.WriteLine(run.Flags.IsOn("short") ? Number : $"Client version: {Number} (kOps {Model.Versions.Kops})");
                return run.Flags.IsOn("server") ? WriteServerAsync(run, cancellationToken) : Task.FromResult(ExitCode.Done);
            },
        };

    /// <summary>The version of the program.</summary>
    public const string Number = ProgramVersion.Number;

    private static async Task<int> WriteServerAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        var file = await StoredFile.ReadAsync(state.Layout.KopsVersion, cancellationToken);
        run.Out.WriteLine(file.Exists ? $"Last applied server version: {file.Text.Trim()}" : $"Cluster {state.Name} was never updated");
        return ExitCode.Done;
    }
}
