using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.SshKeys;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete sshpublickey</c>: takes all keys of a cluster away.</summary>
internal static class DeleteSshPublicKeyCommand
{
    public static CommandSpec Spec { get; } =
        new("delete sshpublickey", "Delete the SSH public keys of a cluster")
        {
            Aliases = ["sshpublickeys", "ssh"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples = [("Delete them", "kops delete sshpublickey demo.example.com")],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        var keys = await state.SshKeys.ListAsync(cancellationToken);
        await run.Session.ApplyAsync(DeleteSshKeys.Plan(run.Session, state, keys), cancellationToken);
        foreach (var key in keys)
            run.Out.WriteLine($"Deleted SSH public key: {key.Id}");
        return ExitCode.Done;
    }
}
