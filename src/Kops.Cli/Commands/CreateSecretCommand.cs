using System.Text.Json;
using Kops.Api.Yaml;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;

namespace Kops.Cli.Commands;

/// <summary><c>kops create secret</c>: secrets that nodes and add-ons are given.</summary>
internal static class CreateSecretCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("create secret", "Add a secret") { Aliases = ["secrets"] },
        Of("ciliumpassword", "Add the key that Cilium encrypts with", CheckYaml),
        Of("dockerconfig", "Add the credentials of image registries, a Docker config.json", CheckJson),
        Of("encryptionconfig", "Add the configuration by which the API server encrypts what it stores", CheckYaml),
        CreateSshPublicKeyCommand.Spec with
        {
            Path = "create secret sshpublickey",
            IsHidden = true,
        },
    ];

    private static CommandSpec Of(string name, string help, Action<ReadOnlyMemory<byte>, string> check) =>
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
            Flags =
            [
                Flag.Text("filename", "File with the value, '-' for standard input") with
                {
                    Short = "f",
                    Values = ValueSource.File,
                },
                Flag.Switch("force", "Overwrite the one that is there"),
            ],
            Run = (run, cancellationToken) => RunAsync(run, name, check, cancellationToken),
        };

    private static async Task<int> RunAsync(
        Invocation run,
        string name,
        Action<ReadOnlyMemory<byte>, string> check,
        CancellationToken cancellationToken
    )
    {
        var file = run.Flags.Text("filename") is { Length: > 0 } given
            ? given
            : throw CommandException.Usage("--filename (-f) is required: the file with the value, or '-' for standard input");
        var value = await ObjectFile.ReadInputAsync(run, file, cancellationToken);
        check(value, file == "-" ? "standard input" : file);
        var state = await run.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        var existing = await state.Secrets.FindAsync(name, cancellationToken);
        if (existing is not null && !run.Flags.IsOn("force"))
            throw CommandException.Conflict($"the secret {name} of cluster \"{state.Name}\" exists already; --force overwrites it");
        var planner = run.Change(state);
        _ = existing is null ? planner.CreateSecret(name, value) : planner.ReplaceSecret(existing, value);
        await run.ApplyAsync(planner.Build(), cancellationToken);
        return ExitCode.Done;
    }

    private static void CheckJson(ReadOnlyMemory<byte> value, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
        }
        catch (JsonException malformed)
        {
            // The message of the parser may quote the secret.
            throw CommandException.Failed($"{file}: is not JSON (line {malformed.LineNumber + 1}); expected a Docker config.json");
        }
    }

    private static void CheckYaml(ReadOnlyMemory<byte> value, string file)
    {
        if (YamlReader.Read(value, file).Count == 0)
            throw CommandException.Failed($"{file}: is empty; expected YAML");
    }
}
