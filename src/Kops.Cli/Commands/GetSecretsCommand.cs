using System.Text;
using Kops.Api.Schema;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;

namespace Kops.Cli.Commands;

/// <summary><c>kops get secrets</c>: names, and with <c>-o plaintext</c> values.</summary>
internal static class GetSecretsCommand
{
    private const string PlainText = "plaintext";

    private static readonly Flag<string?> Type = Flag.Text("type", string.Empty) with { IsHidden = true };

    public static CommandSpec Spec { get; } =
        new("get secrets", "Show the secrets of a cluster")
        {
            Aliases = ["secret"],
            Arguments = "[SECRET_NAME]...",
            MaxArguments = int.MaxValue,
            Values = ValueSource.Secret,
            Description = "Values are shown with -o plaintext alone.",
            Examples =
            [
                ("Names", "kops get secrets --name demo.example.com"),
                ("A value", "kops get secrets kube --name demo.example.com -o plaintext"),
            ],
            Flags = [Type],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        // Older kops kept keys among secrets.
        if (run.Get(Type)?.ToLowerInvariant() is { Length: > 0 } type and not "secret")
            throw CommandException.Usage(
                type switch
                {
                    "sshpublickey" => "--type: SSH public keys are shown by 'kops get sshpublickeys'",
                    "keypair" => "--type: keypairs are shown by 'kops get keypairs'",
                    _ => $"--type: there are no secrets of the type '{type}'",
                }
            );
        var isPlain = run.Flags.Raw(OutputFlag.Flag) is [.., PlainText];
        if (!isPlain && run.OutputFormat() is not OutputFormat.Table)
            throw CommandException.Usage($"secrets are shown as table or {PlainText}; their values are for no file");
        var state = await run.Session.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        var secrets = state.Secrets;
        var names = await secrets.ListNamesAsync(cancellationToken);
        if (run.Arguments.FirstOrDefault(name => !names.Contains(name)) is { } missing)
            throw CommandException.NotFound($"secret \"{missing}\" not found in cluster \"{state.Name}\"{Suggest.Hint(missing, names)}");
        if (names.Count == 0)
            throw CommandException.NotFound($"no secrets found in cluster \"{state.Name}\"");
        var chosen = run.Arguments.Count > 0 ? run.Arguments : names;
        if (!isPlain)
        {
            TextTable.Write(run.Host.Console, ["NAME"], chosen.Select(name => new[] { name }));
            return ExitCode.Done;
        }

        foreach (var name in chosen)
        {
            var secret = await secrets.FindAsync(name, cancellationToken);
            if (secret is not null)
                run.Out.WriteLine(Encoding.UTF8.GetString(secret.Data.Span));
        }

        return ExitCode.Done;
    }
}
