using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Files;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state cat</c>.</summary>
internal static class CatCommand
{
    public static CommandSpec Spec { get; } =
        new("state cat", "Print a file of the state, or of any store")
        {
            Arguments = "PLACE...",
            MinArguments = 1,
            MaxArguments = int.MaxValue,
            Description = "The file as it stands there; private keys and secrets too, so mind where the output goes.",
            Examples =
            [
                ("A file of the state store", "kops state cat demo.example.com/config"),
                ("A file of any store", "kops state cat gs://bucket/demo.example.com/kops-version.txt"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        foreach (var written in run.Arguments)
        {
            await using var reader = await StateFiles.OpenAsync(run.Place(written), cancellationToken);
            await run.Host.Console.WriteAsync(reader.Content, cancellationToken);
        }

        return ExitCode.Done;
    }
}
