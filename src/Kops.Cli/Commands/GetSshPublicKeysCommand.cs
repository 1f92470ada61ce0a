using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;

namespace Kops.Cli.Commands;

/// <summary><c>kops get sshpublickeys</c></summary>
internal static class GetSshPublicKeysCommand
{
    public static CommandSpec Spec { get; } =
        new("get sshpublickeys", "Show the SSH public keys that may log in")
        {
            Aliases = ["sshpublickey", "ssh"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples =
            [
                ("Fingerprints", "kops get sshpublickeys demo.example.com"),
                ("The keys", "kops get sshpublickeys demo.example.com -o yaml"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var state = await run.Session.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        var keys = await state.SshKeys.ListAsync(cancellationToken);
        if (format is OutputFormat.Table)
        {
            if (keys.Count == 0)
                throw CommandException.NotFound(
                    $"no SSH public key found in cluster \"{state.Name}\"; 'kops create sshpublickey' adds one"
                );
            TextTable.Write(run.Host.Console, ["ID"], keys.Select(key => new[] { key.Id }));
            return ExitCode.Done;
        }

        var list = new SequenceNode();
        foreach (var key in keys)
            list.Add(new MappingNode { ["id"] = ScalarNode.Of(key.Id), ["publicKey"] = ScalarNode.Of(key.PublicKey) });
        run.Out.Write(format is OutputFormat.Yaml ? NodeText.ToYaml(list) : NodeText.ToJson(list));
        return ExitCode.Done;
    }
}
