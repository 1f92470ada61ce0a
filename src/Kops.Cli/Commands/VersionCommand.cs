using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops version</c>: the program's own version, and the kOps whose files it writes.</summary>
internal static class VersionCommand
{
    private static readonly Flag<bool> Short = Flag.Switch("short", "Print the number alone");

    private static readonly Flag<bool> Server = Flag.Switch("server", "Print the kOps that updated the cluster last, too");

    public static CommandSpec Spec { get; } =
        new("version", "Print the version")
        {
            Flags = [Short, Server],
            Run = static (run, cancellationToken) =>
            {
                run.Out.WriteLine(run.Get(Short) ? Number : $"Client version: {Number} (kOps {Model.Versions.Kops})");
                return run.Get(Server) ? WriteServerAsync(run, cancellationToken) : Task.FromResult(ExitCode.Done);
            },
        };

    /// <summary>The version of the program.</summary>
    public const string Number = ProgramVersion.Number;

    private static async Task<int> WriteServerAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.Session.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        var file = await StoredFile.ReadAsync(state.Layout.KopsVersion, cancellationToken);
        run.Out.WriteLine(file.Exists ? $"Last applied server version: {file.Text.Trim()}" : $"Cluster {state.Name} was never updated");
        return ExitCode.Done;
    }
}
