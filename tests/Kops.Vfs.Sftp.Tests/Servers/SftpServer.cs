using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Sftp.Configuration;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(SftpServer))]

namespace Kops.Vfs.Sftp.Tests.Servers;

/// <summary>The server that all tests of this project share: OpenSSH's, started by <c>eng/servers/sshd.sh</c>.</summary>
public sealed class SftpServer : IAsyncLifetime
{
    private const string Prefix = "KOPS_TEST_";
    private static int s_stores;
    private ServerScript? _script;
    private string? _reason;

    /// <summary>What the script said.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            Assert.SkipWhen(_script is null, _reason ?? "no SSH");
            return _script!.Values;
        }
    }

    /// <summary>Options for the server, with the user's key.</summary>
    public SftpOptions Options => From(name => Values[name]);

    /// <summary>What another process needs for <see cref="FromEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        ((string[])["SSH_PORT", "SSH_USER", "SSH_KEY", "SSH_KNOWN_HOSTS"]).ToDictionary(name => Prefix + name, name => Values[name]);

    /// <summary>Options for the server of the process that started this one.</summary>
    public static SftpOptions FromEnvironment() => From(name => System.Environment.GetEnvironmentVariable(Prefix + name)!);

    public async ValueTask InitializeAsync() => (_script, _reason) = await ServerScript.StartAsync("sshd");

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>A directory that is not there yet.</summary>
    public string NewRoot() => $"{Values["SSH_ROOT"]}/{Interlocked.Increment(ref s_stores)}";

    /// <summary>A driver of a directory.</summary>
    public SftpStoreDriver Open(string root, Func<SftpOptions, SftpOptions>? change = null) =>
        new(root, "ssh://server" + root, change is null ? Options : change(Options), TimeProvider.System);

    private static SftpOptions From(Func<string, string> value) =>
        new()
        {
            Host = "127.0.0.1",
            Port = int.Parse(value("SSH_PORT")),
            User = value("SSH_USER"),
            KeyFiles = value("SSH_KEY"),
            KeyFilesAreNamed = true,
            KnownHostsFiles = value("SSH_KNOWN_HOSTS"),
            RetryDelay = TimeSpan.FromMilliseconds(10),
        };
}
