using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Cli.Clusters;

/// <summary>Writes how kubectl reaches clusters, and as whom, into a kubeconfig.</summary>
internal sealed class KubeconfigExport
{
    private const string Authority = "kubernetes-ca";
    private const string Administrators = "system:masters";

    private readonly Invocation _run;
    private readonly TimeSpan? _lifetime;
    private readonly string? _user;
    private readonly string? _server;
    private readonly bool _isInternal;

    /// <summary>Reads the flags.</summary>
    /// <exception cref="CommandException">They contradict each other.</exception>
    public KubeconfigExport(Invocation run)
    {
        _run = run;
        _user = NullIfEmpty(run.Flags.Text("user"));
        _server = NullIfEmpty(run.Flags.Text("api-server"));
        _isInternal = run.Flags.IsOn("internal");
        if (!run.Flags.Has("admin"))
            return;
        if (_user is not null)
            throw CommandException.Usage("--admin makes a user, and --user names one; leave one out");
        _lifetime = Lifetime(run.Flags.Text("admin")!);
    }

    /// <summary>Who is to use the cluster, and how it is reached.</summary>
    public static IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("admin", "Make a credential of an administrator in the kubeconfig, valid that long") with
        {
            Bare = "18h0m0s",
        },
        Flag.Text("api-server", "Address of the API server in the kubeconfig: https://..."),
        Flag.Switch("internal", "Use the name inside of the cluster's network in the kubeconfig"),
        Flag.Text("user", "User of the kubeconfig to use"),
    ];

    /// <summary>Adds clusters to a kubeconfig; the last one becomes the current context.</summary>
    /// <param name="names">The clusters.</param>
    /// <param name="path">The kubeconfig; null for the user's.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <exception cref="CommandException">A cluster, its authority or the user is not there.</exception>
    public async Task WriteAsync(IReadOnlyList<string> names, string? path, CancellationToken cancellationToken)
    {
        var file = await KubeconfigFile.OpenAsync(_run, path, cancellationToken);
        if (_user is not null && !file.HasUser(_user))
            throw CommandException.NotFound($"{file.Path} has no user \"{_user}\"");
        foreach (var name in names)
            await AddAsync(file, await _run.FindClusterAsync(name, cancellationToken), cancellationToken);
        await file.SaveAsync(cancellationToken);
        _run.Out.WriteLine($"kubectl's context is {names[^1]} now (in {file.Path})");
    }

    private async Task AddAsync(KubeconfigFile file, ClusterState state, CancellationToken cancellationToken)
    {
        var cluster = state.Cluster.Value;
        var keyset =
            await state.Keysets.FindAsync(Authority, cancellationToken)
            ?? throw CommandException.NotFound(
                $"cluster \"{state.Name}\" has no keyset {Authority} yet; 'kops update cluster {state.Name} --yes' makes it"
            );
        var entry = file.Cluster(state.Name);
        entry["server"] = ScalarNode.Of(Server(cluster));
        entry.Remove("certificate-authority-data");
        if (string.IsNullOrEmpty(cluster.Spec.Api?.LoadBalancer?.SslCertificate) || _isInternal)
            entry["certificate-authority-data"] = ScalarNode.Of(Convert.ToBase64String(keyset.Keyset.TrustBundle()));
        if (_lifetime is { } span)
        {
            var primary =
                keyset.Keyset.Primary
                ?? throw CommandException.Failed(
                    $"the keyset {Authority} of cluster \"{state.Name}\" has no primary keypair; 'kops promote keypair {Authority}' "
                        + $"chooses one"
                );
            var credential = ClientCertificate.Issue(
                primary,
                $"kubecfg-{_run.Host.Author(_run.Title).User}",
                Administrators,
                _run.Host.Time.GetUtcNow(),
                span
            );
            var user = file.User(state.Name);
            user["client-certificate-data"] = ScalarNode.Of(Convert.ToBase64String(credential.CertificatePem.Span));
            user["client-key-data"] = ScalarNode.Of(Convert.ToBase64String(credential.PrivateKeyPem!.Value.Span));
        }

        file.Use(state.Name, _lifetime is not null ? state.Name : _user);
    }

    private string Server(Cluster cluster)
    {
        if (_server is not null)
            return _server.Contains("://", StringComparison.Ordinal) ? _server : $"https://{_server}";
        var name = cluster.Metadata.Name!;
        if (_isInternal)
            return $"https://api.internal.{name}";
        if (cluster.Spec.Api?.LoadBalancer is not null || name.EndsWith(".k8s.local", StringComparison.Ordinal))
            _run.Error.WriteLine(
                $"Note: the address of the load balancer of \"{name}\" is known to its cloud alone; where its DNS name does not lead "
                    + $"there, name it with --api-server"
            );
        return $"https://{(cluster.Spec.MasterPublicName is { Length: > 0 } named ? named : $"api.{name}")}";
    }

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static TimeSpan Lifetime(string text) =>
        GoDuration.TryParse(text, out var nanoseconds) && nanoseconds > 0
            ? TimeSpan.FromTicks(nanoseconds / 100)
            : throw CommandException.Usage($"--admin: '{text}' is no time; expected one such as 18h or 90m");
}
