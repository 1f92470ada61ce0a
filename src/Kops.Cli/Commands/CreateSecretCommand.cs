using System.Text.Json;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Secrets;
using Kops.StateStore.Secrets;

namespace Kops.Cli.Commands;

/// <summary><c>kops create secret</c>: secrets that nodes and add-ons are given.</summary>
internal static class CreateSecretCommand
{
    private static readonly Flag<string?> Filename = Flag.Text("filename", "File with the value, '-' for standard input") with
    {
        Short = "f",
        Values = ValueSource.File,
    };

    private static readonly Flag<bool> Force = Flag.Switch("force", "Overwrite the one that is there");

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("create secret", "Add a secret") { Aliases = ["secrets"] },
        Of("ciliumpassword", "Add the key that Cilium encrypts with"),
        Of("dockerconfig", "Add the credentials of image registries, a Docker config.json"),
        Of("encryptionconfig", "Add the configuration by which the API server encrypts what it stores"),
        CreateSshPublicKeyCommand.OldSpec,
    ];

    private static CommandSpec Of(string name, string help) =>
        new($"create secret {name}", help)
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples =
            [
                ("From a file", $"kops create secret {name} demo.example.com -f {name}.txt"),
                ("From standard input", $"kops create secret {name} demo.example.com -f -"),
            ],
            Flags = [Filename, Force],
            Run = (run, cancellationToken) => RunAsync(run, name, cancellationToken),
        };

    private static async Task<int> RunAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        var file = run.Get(Filename) is { Length: > 0 } given
            ? given
            : throw CommandException.Usage("--filename (-f) is required: the file with the value, or '-' for standard input");
        var value = await UserFile.ReadInputAsync(run, file, cancellationToken);
        SecretRules.Check(name, value, file == "-" ? "standard input" : file);
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        await run.Session.ApplyAsync(
            await CreateSecret.PlanAsync(run.Session, state, name, value, run.Get(Force), cancellationToken),
            cancellationToken
        );
        return ExitCode.Done;
    }
}
