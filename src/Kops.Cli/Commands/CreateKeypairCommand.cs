using System.Text;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Keypairs;
using Kops.StateStore.Keysets;
using Kops.Vfs.Kubernetes.Config;

namespace Kops.Cli.Commands;

/// <summary><c>kops create keypair</c></summary>
internal static class CreateKeypairCommand
{
    private static readonly Flag<string?> Certificate = Flag.Text("cert", "File with the certificate (PEM)") with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<string?> Key = Flag.Text("key", "File with the private key (PEM, not encrypted)") with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<bool> Primary = Flag.Switch("primary", "Issue certificates with it from now on");

    public static CommandSpec Spec { get; } =
        new("create keypair", "Add a certificate and its private key to a keyset")
        {
            Arguments = "KEYSET|all",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.Keyset,
            Description =
                "Without --cert and --key a new authority that signs itself is made; with --key alone, a certificate for that key; with "
                + "--cert alone,\n"
                + "the certificate is trusted, and can never be the primary one.",
            Examples =
            [
                ("A new key for each authority, the first step of an exchange", "kops create keypair all --name demo.example.com"),
                (
                    "An authority of yours",
                    "kops create keypair kubernetes-ca --cert ca.pem --key ca-key.pem --primary --name demo.example.com"
                ),
            ],
            Flags = [Certificate, Key, Primary],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = run.Arguments[0];
        if (name == KeysetRotation.All && ((Flag[])[Certificate, Key, Primary]).FirstOrDefault(run.Has) is { } flag)
            throw CommandException.Usage($"--{flag.Name} goes with one keyset, not with 'all'");
        CreateKeypair.Check(name);
        var own = new OwnKeypair(await ReadAsync(run, Certificate, cancellationToken), await ReadAsync(run, Key, cancellationToken));
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        foreach (var change in await CreateKeypair.PlanAsync(run.Session, state, name, run.Get(Primary), own, cancellationToken))
        {
            await run.Session.ApplyAsync(change.Changes, cancellationToken);
            run.Out.WriteLine($"Created {change.Name} {change.Ids[0]}");
        }

        return ExitCode.Done;
    }

    private static async Task<(string Pem, string Source)?> ReadAsync(
        Invocation run,
        Flag<string?> flag,
        CancellationToken cancellationToken
    ) =>
        run.Get(flag) is { Length: > 0 } file
            ? (Encoding.UTF8.GetString((await UserFile.ReadAsync(run, file, cancellationToken)).Span), file)
            : null;
}
