using System.Text;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Commands;

/// <summary><c>kops create keypair</c></summary>
internal static class CreateKeypairCommand
{
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
            Flags =
            [
                Flag.Text("cert", "File with the certificate (PEM)") with
                {
                    Values = ValueSource.File,
                },
                Flag.Text("key", "File with the private key (PEM, not encrypted)") with
                {
                    Values = ValueSource.File,
                },
                Flag.Switch("primary", "Issue certificates with it from now on"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (name, isPrimary, now) = (run.Arguments[0], run.Flags.IsOn("primary"), run.Host.Time.GetUtcNow());
        if (name == KeysetRotation.All && ((string[])["cert", "key", "primary"]).FirstOrDefault(run.Flags.Has) is { } flag)
            throw CommandException.Usage($"--{flag} goes with one keyset, not with 'all'");
        if (name != KeysetRotation.All && !KeysetRotation.IsRotatable(name))
            throw CommandException.Usage($"the keys of '{name}' cannot be exchanged: a keyset is service-account, or has -ca in its name");
        var certificate = await ReadAsync(run, "cert", cancellationToken);
        var key = await ReadAsync(run, "key", cancellationToken);
        var state = await run.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        IReadOnlyList<(string Name, StoredKeyset? Keyset)> keysets =
            name == KeysetRotation.All
                ? [.. (await state.FindKeysetsAsync(name, cancellationToken)).Select(keyset => (keyset.Name, keyset))]
                : [(name, await state.Keysets.FindAsync(name, cancellationToken))];
        foreach (var (keyset, read) in keysets)
        {
            var material =
                certificate is null && key is null
                    ? KeyMaterial.Generate(keyset, now, isNumbered: true)
                    : KeyMaterial.Read(certificate, key, keyset, now);
            await run.StoreKeysetAsync(
                state,
                read,
                KeysetRotation.Add(read?.Keyset, keyset, material, isPrimary, now, out var id),
                cancellationToken
            );
            run.Out.WriteLine($"Created {keyset} {id}");
        }

        return ExitCode.Done;
    }

    private static async Task<(string Pem, string Source)?> ReadAsync(Invocation run, string flag, CancellationToken cancellationToken) =>
        run.Flags.Text(flag) is { Length: > 0 } file
            ? (Encoding.UTF8.GetString((await ObjectFile.ReadAsync(run, file, cancellationToken)).Span), file)
            : null;
}
