using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Secrets;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete secret</c></summary>
internal static class DeleteSecretCommand
{
    public static CommandSpec Spec { get; } =
        new("delete secret", "Delete secrets")
        {
            Aliases = ["secrets"],
            Arguments = "SECRET_NAME...",
            MinArguments = 1,
            MaxArguments = int.MaxValue,
            Values = ValueSource.Secret,
            Examples = [("Delete a secret", "kops delete secret dockerconfig --name demo.example.com")],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        await run.Session.ApplyAsync(
            await DeleteSecrets.PlanAsync(run.Session, state, run.Arguments, cancellationToken),
            cancellationToken
        );
        foreach (var name in run.Arguments)
            run.Out.WriteLine($"Deleted secret: \"{name}\"");
        return ExitCode.Done;
    }
}
