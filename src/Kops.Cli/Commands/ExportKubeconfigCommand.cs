using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Model.Flags;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Commands;

/// <summary><c>kops export kubeconfig</c>: tells kubectl where a cluster is, and with <c>--admin</c> who may use it.</summary>
internal static class ExportKubeconfigCommand
{
    private const string Authority = "kubernetes-ca";
    private const string Administrators = "system:masters";

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("export", "Write a kubeconfig"),
        new("export kubeconfig", "Write how kubectl reaches a cluster into a kubeconfig")
        {
            Aliases = ["kubecfg"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description = "What else stands in the file stays. No cloud is asked: the address is that of spec.masterPublicName, or api.CLUSTER; --api-server\nnames another one, such as a load balancer's.",
            Examples =
            [
                ("With a credential of an administrator for 18 hours", "kops export kubeconfig demo.example.com --admin"),
                ("For a user that stands in the kubeconfig", "kops export kubeconfig demo.example.com --user ada"),
            ],
            Flags =
            [
                new Flag("admin", FlagKind.Text, "Make a credential of an administrator, valid that long") { Bare = "18h0m0s" },
                Flag.Switch("all", "All clusters of the store"),
                Flag.Text("api-server", "Address of the API server: https://..."),
                Flag.Switch("internal", "The name inside of the cluster's network"),
                Flag.Text("kubeconfig", "File to write (default the first of KUBECONFIG, then ~/.kube/config)") with { Values = ValueSource.File },
                Flag.Text("user", "User of the kubeconfig to use"),
                .. Flag.NotYet("--admin makes a credential", "auth-plugin?"),
            ],
            Run = RunAsync,
        },
    ];

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var isAdmin = run.Flags.Has("admin");
        if (isAdmin && run.Flags.Has("user")) throw CommandException.Usage("--admin makes a user, and --user names one; leave one out");
        if (run.Flags.IsOn("all") && run.Arguments.Count > 0) throw CommandException.Usage("--all means every cluster; leave it or the name out");
        TimeSpan? lifetime = isAdmin ? Lifetime(run.Flags.Text("admin")!) : null;
        await run.RecoverAsync(cancellationToken);
        var names = run.Flags.IsOn("all") ? await run.State.ListAsync(cluster => cluster.Name, cancellationToken) is { } listing ? listing.Clusters : [] : [ClusterNames.Find(run)];
        if (names.Count == 0) throw CommandException.NotFound($"no clusters found in {run.State.Root}");
        var file = await KubeconfigFile.OpenAsync(run, run.Flags.Text("kubeconfig"), cancellationToken);
        if (run.Flags.Text("user") is { Length: > 0 } user && !file.HasUser(user)) throw CommandException.NotFound($"{file.Path} has no user \"{user}\"");
        foreach (var name in names) await AddAsync(run, file, await run.FindClusterAsync(name, cancellationToken), lifetime, cancellationToken);
        await file.SaveAsync(cancellationToken);
        run.Out.WriteLine($"kubectl's context is {names[^1]} now (in {file.Path})");
        return ExitCode.Done;
    }

    private static async Task AddAsync(Invocation run, KubeconfigFile file, ClusterState state, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var cluster = state.Cluster.Value;
        var keyset = await state.Keysets.FindAsync(Authority, cancellationToken)
            ?? throw CommandException.NotFound($"cluster \"{state.Name}\" has no keyset {Authority} yet; 'kops update cluster {state.Name} --yes' makes it");
        var entry = file.Cluster(state.Name);
        entry["server"] = ScalarNode.Of(Server(run, cluster));
        entry.Remove("certificate-authority-data");
        if (string.IsNullOrEmpty(cluster.Spec.Api?.LoadBalancer?.SslCertificate) || run.Flags.IsOn("internal"))
            entry["certificate-authority-data"] = ScalarNode.Of(Convert.ToBase64String(keyset.Keyset.TrustBundle()));
        if (lifetime is { } span)
        {
            var primary = keyset.Keyset.Primary ?? throw CommandException.Failed($"the keyset {Authority} of cluster \"{state.Name}\" has no primary keypair; 'kops promote keypair {Authority}' chooses one");
            var credential = ClientCertificate.Issue(primary, $"kubecfg-{run.Host.Author(run.Title).User}", Administrators, run.Host.Time.GetUtcNow(), span);
            var user = file.User(state.Name);
            user["client-certificate-data"] = ScalarNode.Of(Convert.ToBase64String(credential.CertificatePem.Span));
            user["client-key-data"] = ScalarNode.Of(Convert.ToBase64String(credential.PrivateKeyPem!.Value.Span));
        }

        file.Use(state.Name, lifetime is not null ? state.Name : run.Flags.Text("user") is { Length: > 0 } chosen ? chosen : null);
    }

    private static string Server(Invocation run, Cluster cluster)
    {
        if (run.Flags.Text("api-server") is { Length: > 0 } address) return address.Contains("://", StringComparison.Ordinal) ? address : $"https://{address}";
        var name = cluster.Metadata.Name!;
        if (run.Flags.IsOn("internal")) return $"https://api.internal.{name}";
        if (cluster.Spec.Api?.LoadBalancer is not null || name.EndsWith(".k8s.local", StringComparison.Ordinal))
            run.Error.WriteLine($"Note: the address of the load balancer of \"{name}\" is known to its cloud alone; where its DNS name does not lead there, name it with --api-server");
        return $"https://{(cluster.Spec.MasterPublicName is { Length: > 0 } named ? named : $"api.{name}")}";
    }

    private static TimeSpan Lifetime(string text) =>
        GoDuration.TryParse(text, out var nanoseconds) && nanoseconds > 0
            ? TimeSpan.FromTicks(nanoseconds / 100)
            : throw CommandException.Usage($"--admin: '{text}' is no time; expected one such as 18h or 90m");
}
