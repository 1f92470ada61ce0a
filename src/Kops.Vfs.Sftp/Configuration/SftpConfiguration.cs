using System.Globalization;
using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Sftp.Connection;

namespace Kops.Vfs.Sftp.Configuration;

/// <summary>Makes options out of what users say: the address, profiles, a few variables, and <c>~/.ssh/config</c>, in this order.</summary>
public static class SftpConfiguration
{
    private static readonly string[] UsualKeys = ["id_ed25519", "id_ecdsa", "id_rsa"];

    private static readonly StoreSetting User = new("user", "who signs in, where the address does not say it", "KOPS_SSH_USER");
    private static readonly StoreSetting Key = new("credentials.key", "the file with the private key", "KOPS_SSH_KEY")
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Passphrase = new(
        "credentials.passphrase",
        "what opens that key, in plain text",
        "KOPS_SSH_PASSPHRASE"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Password = new("credentials.password", "the user's password, in plain text", "KOPS_SSH_PASSWORD")
    {
        IsCredential = true,
    };
    private static readonly StoreSetting KnownHosts = new("knownHosts", "the file with the keys of known hosts", "KOPS_SSH_KNOWN_HOSTS");
    private static readonly StoreSetting Config = new(
        "config",
        "the configuration of ssh, in place of `~/.ssh/config`; `none` for none",
        "KOPS_SSH_CONFIG"
    );

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } = [User, Key, Passphrase, Password, KnownHosts, Config];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is missing or wrong; the message names it.</exception>
    public static SftpOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Get(NetworkSettings.Authorities) is not null)
            throw settings.Wrong(
                $"{settings.NameOf(NetworkSettings.Authorities)}: SSH knows no authorities; name a file with the server's key in knownHosts"
            );
        if (settings.Get(NetworkSettings.Proxy) is not (null or "none"))
            throw settings.Wrong($"{settings.NameOf(NetworkSettings.Proxy)}: SSH uses no proxy here");
        var address = SftpAddress.Parse(settings.Path);
        var home = settings.Variable("HOME");
        var ssh = home is null ? null : Path.Combine(home, ".ssh");
        var host = Find(settings, address, ssh);
        if (host.Get("ProxyJump") is { } jump && jump != "none")
            throw NoDetour(settings, "ProxyJump", host);
        if (host.Get("ProxyCommand") is { } command && command != "none")
            throw NoDetour(settings, "ProxyCommand", host);

        var user =
            address.User
            ?? settings.Get(User)
            ?? host.Get("User")
            ?? settings.Variable("USER")
            ?? settings.Variable("LOGNAME")
            ?? throw settings.Wrong("no user is named; write ssh://USER@HOST/path");
        var named = settings.Get(Key) is { } key
            ? [Expand(key, home)]
            : host.All("IdentityFile").Select(file => host.Expand(file, home, user)).ToList();
        var knownHosts =
            settings.Get(KnownHosts) is { } file ? [Expand(file, home)]
            : host.Get("UserKnownHostsFile") is { } files
                ? files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => host.Expand(each, home, user)).ToList()
            : ssh is null ? []
            : new List<string> { Path.Combine(ssh, "known_hosts") };
        return settings.WithNetwork(
            new SftpOptions
            {
                Host = host.Get("HostName") is { } name ? host.Expand(name, home, user) : address.Host,
                Port = address.Port ?? Port(settings, host),
                User = user,
                KeyFiles = string.Join(':', named.Count > 0 || ssh is null ? named : UsualKeys.Select(each => Path.Combine(ssh, each))),
                KeyFilesAreNamed = named.Count > 0,
                Passphrase = settings.Get(Passphrase),
                Password = settings.Get(Password),
                AgentSocket = Agent(settings, host, home, user),
                KnownHostsFiles = string.Join(':', (string[])[.. knownHosts, "/etc/ssh/ssh_known_hosts"]),
            }
        );
    }

    private static SshHost Find(StoreSettings settings, SftpAddress address, string? ssh)
    {
        var named = settings.Get(Config);
        if (named is "none" || (named is null && ssh is null))
            return new SshHost(address.Host, []);
        var file = named is null ? Path.Combine(ssh!, "config") : Expand(named, settings.Variable("HOME"));
        return File.Exists(file) ? SshConfigFile.Find(file, address.Host)
            : named is null ? new SshHost(address.Host, [])
            : throw settings.Wrong($"{settings.NameOf(Config)} names {file}, which is not there");
    }

    /// <remarks>A key that was named is meant to be used; the agent's would be tried before it, and servers count tries.</remarks>
    private static string? Agent(StoreSettings settings, SshHost host, string? home, string user)
    {
        if (settings.Get(Key) is not null || host.Get("IdentitiesOnly") is "yes" || host.Get("IdentityAgent") is "none")
            return null;
        var socket = host.Get("IdentityAgent");
        return socket is null or "SSH_AUTH_SOCK" ? settings.Variable("SSH_AUTH_SOCK") : host.Expand(socket, home, user);
    }

    private static int Port(StoreSettings settings, SshHost host) =>
        host.Get("Port") is not { } text ? 22
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port
        : throw settings.Wrong($"the configuration of ssh says for {host.Name}: Port {text}, which is not a port");

    private static string Expand(string file, string? home) =>
        file.StartsWith("~/", StringComparison.Ordinal) && home is not null ? Path.Combine(home, file[2..]) : file;

    private static StoreException NoDetour(StoreSettings settings, string what, SshHost host) =>
        settings.Wrong(
            $"the configuration of ssh says {what} for {host.Name}, which kops does not do; open the way with 'ssh -N -L "
                + $"2222:{host.Get("HostName") ?? host.Name}:22 JUMPHOST' and write ssh://localhost:2222/path"
        );
}
