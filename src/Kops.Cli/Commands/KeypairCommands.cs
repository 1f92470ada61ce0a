using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
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
            Run = (run, cancellationToken) => RunAsync(run, PromoteAsync, cancellationToken),
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
            Run = (run, cancellationToken) => RunAsync(run, DistrustAsync, cancellationToken),
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
            Run = (run, cancellationToken) => RunAsync(run, TrustAsync, cancellationToken),
        },
    ];

    private delegate Task Step(
        Invocation run,
        ClusterState state,
        StoredKeyset keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    );

    private static async Task<int> RunAsync(Invocation run, Step step, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = [.. run.Arguments.Skip(1)];
        if (run.Arguments[0] == KeysetRotation.All && ids.Count > 0)
            throw CommandException.Usage("IDs go with one keyset, not with 'all'");
        var state = await run.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        foreach (var keyset in await state.FindKeysetsAsync(run.Arguments[0], cancellationToken))
            await step(run, state, keyset, ids, cancellationToken);
        return ExitCode.Done;
    }

    private static async Task PromoteAsync(
        Invocation run,
        ClusterState state,
        StoredKeyset keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        var changed = KeysetRotation.Promote(keyset.Keyset, ids is [var id] ? id : null);
        var isChanged = await run.StoreKeysetAsync(state, keyset, changed, cancellationToken);
        run.Out.WriteLine(
            isChanged
                ? $"Promoted {keyset.Name} {changed.PrimaryId}"
                : $"No {keyset.Name} keypair newer than current primary {keyset.Keyset.Primary?.Id}"
        );
    }

    private static async Task DistrustAsync(
        Invocation run,
        ClusterState state,
        StoredKeyset keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        var changed = KeysetRotation.Distrust(keyset.Keyset, ids, run.Host.Time.GetUtcNow(), out var distrusted);
        await run.StoreKeysetAsync(state, keyset, changed, cancellationToken);
        foreach (var id in distrusted)
            run.Out.WriteLine($"Distrusted {keyset.Name} {id}");
        if (distrusted.Count == 0)
            run.Error.WriteLine(
                ids.Count == 0
                    ? $"No {keyset.Name} keypairs older than the primary"
                    : $"Distrusted already: {keyset.Name} {string.Join(' ', ids)}"
            );
    }

    private static async Task TrustAsync(
        Invocation run,
        ClusterState state,
        StoredKeyset keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        var changed = KeysetRotation.Trust(keyset.Keyset, ids, out var trusted);
        await run.StoreKeysetAsync(state, keyset, changed, cancellationToken);
        foreach (var id in trusted)
            run.Out.WriteLine($"Trusted {keyset.Name} {id}");
        if (trusted.Count == 0)
            run.Error.WriteLine($"Trusted already: {keyset.Name} {string.Join(' ', ids)}");
    }
}
