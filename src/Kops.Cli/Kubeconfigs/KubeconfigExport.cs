using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Kubeconfigs;

namespace Kops.Cli.Kubeconfigs;

/// <summary>Writes how kubectl reaches clusters, and as whom, into a kubeconfig.</summary>
internal sealed class KubeconfigExport
{
    private const int MaxTries = 8;

    private static readonly Flag<TimeSpan?> Admin = Flag.Text(
        "admin",
        "Make a credential of an administrator in the kubeconfig, valid that long",
        Lifetime
    ) with
    {
        Bare = "18h0m0s",
    };

    private static readonly Flag<string?> ApiServer = Flag.Text("api-server", "Address of the API server in the kubeconfig: https://...");

    private static readonly Flag<bool> Internal = Flag.Switch("internal", "Use the name inside of the cluster's network in the kubeconfig");

    private static readonly Flag<string?> User = Flag.Text("user", "User of the kubeconfig to use");

    private readonly Invocation _run;
    private readonly KubeconfigOptions _options;
    private readonly string? _user;

    /// <summary>Reads the flags.</summary>
    /// <exception cref="CommandException">They contradict each other.</exception>
    public KubeconfigExport(Invocation run)
    {
        (_run, _user) = (run, NullIfEmpty(run.Get(User)));
        if (run.Has(Admin) && _user is not null)
            throw CommandException.Usage("--admin makes a user, and --user names one; leave one out");
        _options = new KubeconfigOptions
        {
            Server = NullIfEmpty(run.Get(ApiServer)),
            IsInternal = run.Get(Internal),
            AdminLifetime = run.Get(Admin),
            Admin = $"kubecfg-{run.Host.Author(run.Title).User}",
        };
    }

    /// <summary>Who is to use the cluster, and how it is reached.</summary>
    public static IReadOnlyList<Flag> Flags { get; } = [Admin, ApiServer, Internal, User];

    /// <summary>Adds clusters to a kubeconfig; the last one becomes the current context.</summary>
    /// <param name="names">The clusters.</param>
    /// <param name="path">The kubeconfig; null for the user's.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <exception cref="CommandException">A cluster, its authority or the user is not there.</exception>
    public async Task WriteAsync(IReadOnlyList<string> names, string? path, CancellationToken cancellationToken)
    {
        CheckUser(await KubeconfigFiles.OpenAsync(_run, path, cancellationToken));
        var entries = new List<KubeconfigEntry>();
        foreach (var name in names)
        {
            var state = await _run.Session.GetClusterAsync(name, cancellationToken);
            entries.Add(await ExportKubeconfig.BuildAsync(_run.Session, state, _options, cancellationToken));
        }

        // Others may add entries of theirs at the same time: all of them are kept.
        for (var tries = 1; ; tries++)
        {
            var files = await KubeconfigFiles.OpenAsync(_run, path, cancellationToken);
            CheckUser(files);
            foreach (var entry in entries)
                Add(files, entry);
            var current = files.First.Path;
            try
            {
                await files.SaveAsync(cancellationToken);
                _run.Out.WriteLine($"kubectl's context is {names[^1]} now (in {current})");
                return;
            }
            catch (CommandException overtaken) when (overtaken.ExitCode == ExitCode.Conflict && tries < MaxTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20 << tries)), cancellationToken);
            }
        }
    }

    private void CheckUser(KubeconfigFiles files)
    {
        if (_user is not null && !files.HasUser(_user))
            throw CommandException.NotFound($"{files.First.Path} has no user \"{_user}\"");
    }

    private void Add(KubeconfigFiles files, KubeconfigEntry entry)
    {
        var cluster = files.FindOrAdd(KubeconfigList.Clusters, entry.Cluster);
        cluster["server"] = ScalarNode.Of(entry.Server);
        cluster["tls-server-name"] = ScalarNode.Of(entry.ServerName);
        // What an older program, or a hand, left would contradict this: kubectl takes no authorities beside "insecure".
        foreach (var field in (string[])["certificate-authority", "certificate-authority-data", "insecure-skip-tls-verify"])
            cluster.Remove(field);
        if (entry.Authorities is { } authorities)
            cluster["certificate-authority-data"] = Base64(authorities);
        if (entry is { Certificate: { } certificate, Key: { } key })
        {
            var user = files.FindOrAdd(KubeconfigList.Users, entry.Cluster);
            user.Remove("client-certificate");
            user.Remove("client-key");
            user["client-certificate-data"] = Base64(certificate);
            user["client-key-data"] = Base64(key);
        }

        files.Use(entry.Cluster, entry.Certificate is null ? _user : entry.Cluster);
    }

    private static ScalarNode Base64(ReadOnlyMemory<byte> bytes) => ScalarNode.Of(Convert.ToBase64String(bytes.Span));

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static TimeSpan? Lifetime(string? text) =>
        text is null ? null
        : GoDuration.TryParse(text, out var nanoseconds) && nanoseconds > 0 ? TimeSpan.FromTicks(nanoseconds / 100)
        : throw CommandException.Usage($"--admin: '{text}' is not a duration; write it as 18h or 90m");
}
