using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations;
using Kops.Operations.Keypairs;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops promote</c>, <c>distrust </c> and <c>trust keypair</c>: with <c>create keypair</c>, the steps by which keys are exchanged.
/// </summary>
internal static class KeypairCommands
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("promote", "Put a key pair to use"),
        new("promote keypair", "Issue certificates with another key pair of a keyset from now on")
        {
            Arguments = "KEYSET|all [ID]",
            MinArguments = 1,
            MaxArguments = 2,
            Values = ValueSource.Keyset,
            Description = "Without an ID the newest one that is trusted and has its private key, if it is newer than the present one.",
            Examples = [("The newest of each keyset", "kops promote keypair all --name demo.example.com")],
            Run = static (run, cancellationToken) => RunAsync(run, PromoteAsync, WritePromoted, cancellationToken),
        },
        new("distrust", "Stop trusting a key pair"),
        new("distrust keypair", "Take certificates of a keyset out of what machines trust")
        {
            Arguments = "KEYSET|all [ID]...",
            MinArguments = 1,
            MaxArguments = int.MaxValue,
            Values = ValueSource.Keyset,
            Description = "Without IDs all that are older than the primary one. The primary one cannot be distrusted.",
            Examples = [("What an exchange left behind", "kops distrust keypair all --name demo.example.com")],
            Run = static (run, cancellationToken) => RunAsync(run, DistrustKeypairs.PlanAsync, WriteDistrusted, cancellationToken),
        },
        new("trust", "Trust a key pair again"),
        new("trust keypair", "Trust certificates of a keyset again")
        {
            Arguments = "KEYSET ID...",
            MinArguments = 2,
            MaxArguments = int.MaxValue,
            Values = ValueSource.Keyset,
            Examples =
            [
                (
                    "One that was distrusted too early",
                    "kops trust keypair kubernetes-ca 6982820025135291416230495506 --name demo.example.com"
                ),
            ],
            Run = static (run, cancellationToken) => RunAsync(run, TrustKeypairs.PlanAsync, WriteTrusted, cancellationToken),
        },
    ];

    private delegate Task<IReadOnlyList<KeysetChange>> Step(
        ClusterSession session,
        ClusterState state,
        string keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    );

    private static async Task<int> RunAsync(
        Invocation run,
        Step plan,
        Action<Invocation, KeysetChange, IReadOnlyList<string>> write,
        CancellationToken cancellationToken
    )
    {
        var (keyset, ids) = (run.Arguments[0], (IReadOnlyList<string>)[.. run.Arguments.Skip(1)]);
        if (keyset == KeysetRotation.All && ids.Count > 0)
            throw CommandException.Usage("IDs go with one keyset, not with 'all'");
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        foreach (var change in await plan(run.Session, state, keyset, ids, cancellationToken))
        {
            if (!change.Changes.IsEmpty)
                await run.Session.ApplyAsync(change.Changes, cancellationToken);
            write(run, change, ids);
        }

        return ExitCode.Done;
    }

    private static Task<IReadOnlyList<KeysetChange>> PromoteAsync(
        ClusterSession session,
        ClusterState state,
        string keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    ) => PromoteKeypair.PlanAsync(session, state, keyset, ids is [var id] ? id : null, cancellationToken);

    private static void WritePromoted(Invocation run, KeysetChange change, IReadOnlyList<string> ids) =>
        run.Out.WriteLine(
            change.Changes.IsEmpty
                ? $"No {change.Name} keypair newer than current primary {change.Before?.Keyset.Primary?.Id}"
                : $"Promoted {change.Name} {change.Ids[0]}"
        );

    private static void WriteDistrusted(Invocation run, KeysetChange change, IReadOnlyList<string> ids)
    {
        foreach (var id in change.Ids)
            run.Out.WriteLine($"Distrusted {change.Name} {id}");
        if (change.Ids.Count == 0)
            run.Error.WriteLine(
                ids.Count == 0
                    ? $"No {change.Name} keypairs older than the primary"
                    : $"Distrusted already: {change.Name} {string.Join(' ', ids)}"
            );
    }

    private static void WriteTrusted(Invocation run, KeysetChange change, IReadOnlyList<string> ids)
    {
        foreach (var id in change.Ids)
            run.Out.WriteLine($"Trusted {change.Name} {id}");
        if (change.Ids.Count == 0)
            run.Error.WriteLine($"Trusted already: {change.Name} {string.Join(' ', ids)}");
    }
}
