using Kops.Vfs.Profiles;
using Kops.Vfs.Sftp.Configuration;
using Xunit;

namespace Kops.Vfs.Sftp.Tests.Configuration;

/// <summary>What is said of a server in addresses, variables and the configuration of ssh.</summary>
public sealed class SftpConfigurationTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("kops-ssh-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("ssh://me@host/srv/state", "ssh://me@host/srv/state", "me host 22")]
    [InlineData("sftp://host:2222/srv/state/", "sftp://host:2222/srv/state", "alice host 2222")]
    [InlineData("ssh://host/~/state", "ssh://host/~/state", "alice host 22")]
    [InlineData("ssh://host/~", "ssh://host/~", "alice host 22")]
    [InlineData("ssh://me@[fe80::1]:2222/s", "ssh://me@[fe80::1]:2222/s", "me fe80::1 2222")]
    public void An_address_says_who_where_and_what(string path, string shown, string expected)
    {
        var options = new List<SftpOptions>();
        var stores = new StoreOpener<SftpOptions>(
            SftpStores.Kind,
            text =>
            {
                options.Add(Read(text));
                return options[^1];
            },
            TimeProvider.System
        );

        Assert.Equal(shown, stores.Open(path).ToString());
        Assert.Equal(expected, $"{options[0].User} {options[0].Host} {options[0].Port}");
    }

    [Theory]
    [InlineData("ssh://host", "names no directory")]
    [InlineData("ssh://host/", "names no directory")]
    [InlineData("ssh:///path", "names no server")]
    [InlineData("ssh://@host/path", "no user before the '@'")]
    [InlineData("ssh://host:99999/path", "'99999' is not a port")]
    [InlineData("ssh://me:hunter2@host/path", "a password in an address ends up in logs")]
    public void An_address_that_is_none_says_how_it_is_written(string path, string problem)
    {
        var e = Assert.Throws<StoreException>(() => new StoreOpener<SftpOptions>(SftpStores.Kind, Read, TimeProvider.System).Open(path));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_of_ssh_says_host_port_user_and_keys()
    {
        Write(
            "config",
            """
            # the first value counts
            Host state
                HostName %h.example.com
                Port 2222
                User keeper
                IdentityFile ~/.ssh/%r_key
                IdentityFile "%d/other"
                UserKnownHostsFile ~/.ssh/hosts_of_%n
            Host * !other
                User somebody
                Port = 22
            """
        );

        var options = Read("ssh://state/srv");

        Assert.Equal(("state.example.com", 2222, "keeper"), (options.Host, options.Port, options.User));
        Assert.Equal($"{_home}/.ssh/keeper_key:{_home}/other", options.KeyFiles);
        Assert.True(options.KeyFilesAreNamed);
        Assert.Equal($"{_home}/.ssh/hosts_of_state:/etc/ssh/ssh_known_hosts", options.KnownHostsFiles);
        Assert.Equal(("me", 99), (Read("ssh://me@state:99/srv").User, Read("ssh://me@state:99/srv").Port));
        Assert.Equal(("else", "somebody"), (Read("ssh://else/srv").Host, Read("ssh://else/srv").User));
        Assert.Equal("alice", Read("ssh://other/srv").User);
    }

    [Fact]
    public void Files_that_are_included_count_and_a_loop_of_them_ends()
    {
        Write("config", "Include conf.d/*\nHost *\n  User last\n");
        Write("conf.d/a", "Host a\n  User first\nInclude config\n");
        Write("conf.d/b", "Match host b,c\n  User second\nMatch exec \"true\"\n  User never\n");
        Write("conf.d/config", "Include ../config\n");

        Assert.Equal(("first", "second", "last"), (Read("ssh://a/x").User, Read("ssh://c/x").User, Read("ssh://d/x").User));
    }

    [Fact]
    public void What_the_user_says_here_outweighs_the_configuration_of_ssh()
    {
        Write("config", "Host *\n  User keeper\n  IdentityFile ~/.ssh/theirs\n  IdentityAgent ~/agent\n");

        var theirs = Read("ssh://host/x", ("SSH_AUTH_SOCK", "/run/agent"));
        var ours = Read(
            "ssh://host/x",
            ("KOPS_SSH_USER", "me"),
            ("KOPS_SSH_KEY", "~/mine"),
            ("KOPS_SSH_KNOWN_HOSTS", "/etc/hosts_known"),
            ("SSH_AUTH_SOCK", "/run/agent")
        );
        var none = Read("ssh://host/x", ("KOPS_SSH_CONFIG", "none"), ("SSH_AUTH_SOCK", "/run/agent"));

        Assert.Equal(("keeper", $"{_home}/.ssh/theirs", $"{_home}/agent"), (theirs.User, theirs.KeyFiles, theirs.AgentSocket));
        Assert.Equal(
            ("me", $"{_home}/mine", "/etc/hosts_known:/etc/ssh/ssh_known_hosts", (string?)null),
            (ours.User, ours.KeyFiles, ours.KnownHostsFiles, ours.AgentSocket)
        );
        Assert.Equal(
            ("alice", $"{_home}/.ssh/id_ed25519:{_home}/.ssh/id_ecdsa:{_home}/.ssh/id_rsa", "/run/agent", false),
            (none.User, none.KeyFiles, none.AgentSocket, none.KeyFilesAreNamed)
        );
    }

    [Theory]
    [InlineData("ProxyJump bastion", "says ProxyJump for host, which kops does not do; open the way with 'ssh -N -L")]
    [InlineData("ProxyCommand nc %h 22", "says ProxyCommand for host, which kops does not do")]
    [InlineData("Port many", "Port many, which is not a port")]
    public void What_cannot_be_done_is_refused_and_not_passed_over(string line, string problem)
    {
        Write("config", line + "\n");

        Assert.Contains(problem, Assert.Throws<StoreException>(() => Read("ssh://host/x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_and_is_not_there_is_an_error() =>
        Assert.Contains(
            "KOPS_SSH_CONFIG names /nowhere, which is not there",
            Assert.Throws<StoreException>(() => Read("ssh://host/x", ("KOPS_SSH_CONFIG", "/nowhere"))).Message,
            StringComparison.Ordinal
        );

    private void Write(string name, string text)
    {
        var file = Path.Combine(_home, ".ssh", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private SftpOptions Read(string path) => Read(path, []);

    private SftpOptions Read(string path, params (string Name, string Value)[] variables) =>
        SftpConfiguration.Read(
            new StoreSettings(
                path,
                variables
                    .Append(("HOME", _home))
                    .Append(("USER", "alice"))
                    .ToDictionary(variable => variable.Item1, variable => variable.Item2)
            )
        );
}
