using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.SshKeys;

namespace Kops.Cli.Commands;

/// <summary><c>kops create sshpublickey</c></summary>
internal static class CreateSshPublicKeyCommand
{
    private static readonly Flag<string?> PublicKey = Flag.Text("ssh-public-key", "File with the public key") with
    {
        Short = "i",
        Values = ValueSource.File,
        Aliases = ["pubkey"],
    };

    public static CommandSpec Spec { get; } =
        new("create sshpublickey", "Add an SSH public key that may log in")
        {
            Aliases = ["sshpublickeys", "ssh"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples = [("A key of yours", "kops create sshpublickey demo.example.com -i ~/.ssh/id_ed25519.pub")],
            Flags = [PublicKey],
            Run = RunAsync,
        };

    /// <summary>
    /// <c>kops create secret sshpublickey admin</c>, as older scripts write it: the word was the user's name, of which there is one.
    /// </summary>
    public static CommandSpec OldSpec { get; } =
        Spec with
        {
            Path = "create secret sshpublickey",
            Arguments = "[admin] [CLUSTER]",
            MaxArguments = 2,
            IsHidden = true,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> arguments = run.Arguments is ["admin", ..] ? [.. run.Arguments.Skip(1)] : run.Arguments;
        if (arguments.Count > 1)
            throw CommandException.Usage($"kops {run.Spec.Path}: '{arguments[0]}' is no user; keys are for 'admin'");
        var name = run.Get(PublicKey) is { Length: > 0 } given
            ? given
            : throw CommandException.Usage("--ssh-public-key (-i) is required: the file with the public key");
        var key = await UserFile.ReadAsync(run, name, cancellationToken);
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.Find(run, arguments), cancellationToken);
        var changes = await AddSshKey.PlanAsync(run.Session, state, key, cancellationToken);
        if (!await run.Session.ApplyAsync(changes, cancellationToken))
            run.Error.WriteLine("The key is there already.");
        return ExitCode.Done;
    }
}
