using Kops.Vfs.Conformance.Races;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Sftp.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class SftpRaceTests(SftpServer server)
{
    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var root = server.NewRoot();
        await using var driver = server.Open(root);

        await Counter.RaceAsync(driver, root, server.Environment, TestContext.Current.CancellationToken);
    }
}
