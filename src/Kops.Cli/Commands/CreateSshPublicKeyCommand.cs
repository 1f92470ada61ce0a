using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;

namespace Kops.Cli.Commands;

/// <summary><c>kops create sshpublickey</c></summary>
internal static class CreateSshPublicKeyCommand
{
    public static CommandSpec Spec { get; } =
        new("create sshpublickey", "Add an SSH public key that may log in")
        {
            Aliases = ["sshpublickeys", "ssh"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples = [("A key of yours", "kops create sshpublickey demo.example.com -i ~/.ssh/id_ed25519.pub")],
            Flags = [Flag.Text("ssh-public-key", "File with the public key") with { Short = "i", Values = ValueSource.File }],
            Run = RunAsync,
        };

    public static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = run.Flags.Text("ssh-public-key") is { Length: > 0 } given
            ? given
            : throw CommandException.Usage("--ssh-public-key (-i) is required: the file with the public key");
        var key = await ObjectFile.ReadAsync(run, name, cancellationToken);
        var state = await run.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        var changes = run.Change(state).AddSshKey(key, await state.SshKeys.ListAsync(cancellationToken)).Build();
        if (!await run.ApplyAsync(changes, cancellationToken))
            run.Error.WriteLine("The key is there already.");
        return ExitCode.Done;
    }
}
