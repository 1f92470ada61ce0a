using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Sftp.Tests.Conformance;

/// <summary>The suite that every store passes, on OpenSSH's server.</summary>
public sealed class SftpConformance(SftpServer server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() =>
        CheckDocumentation("ssh, sftp, by a lock for each object", "OpenSSH 9.2");

    /// <summary>A listing has no pages here, and each key is a file that is made under a lock.</summary>
    protected override int ManyKeys => 2_000;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var root = server.NewRoot();
        return new StoreUnderTest(server.Open(root)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(root)) };
    }
}
