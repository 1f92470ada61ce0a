using System.Diagnostics;
using System.Runtime.CompilerServices;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>The server of these tests is no invention of ours alone: Alibaba Cloud's own client for Node gets along with it.</summary>
public sealed class IndependentClientTests(TestServer server)
{
    private const int Skipped = 77;

    [Fact]
    public async Task Alibabas_client_finds_the_service_that_it_knows()
    {
        var token = TestContext.Current.CancellationToken;
        var script = Path.GetFullPath(Path.Combine(Folder(), "../../eng/servers/oss-client.sh"));
        var (address, owner) = (server.Server.Address.AbsoluteUri.TrimEnd('/'), server.Server.Options.Owner);
        var (plain, versioned) = (server.CreateBucket(), server.CreateBucket(versioning: true));
        using var process = Process.Start(
            new ProcessStartInfo("bash", [script, address, server.Server.Options.Region, owner.Id, owner.Secret, plain, versioned])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);

        Assert.SkipWhen(process.ExitCode == Skipped, await errors);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Equal("OK\n", output);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
