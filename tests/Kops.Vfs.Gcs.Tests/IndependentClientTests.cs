using System.Diagnostics;
using System.Runtime.CompilerServices;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>The server of these tests is no invention of ours alone: Google's own client for Node gets along with it.</summary>
public sealed class IndependentClientTests(TestServer server)
{
    private const int Skipped = 77;

    [Fact]
    public async Task Googles_client_finds_the_service_that_it_knows()
    {
        var token = TestContext.Current.CancellationToken;
        var script = Path.GetFullPath(Path.Combine(Folder(), "../../eng/servers/gcs-client.sh"));
        var address = server.Server.Address.AbsoluteUri.TrimEnd('/');
        using var process = Process.Start(
            new ProcessStartInfo("bash", [script, address, server.Options.CredentialsFile!])
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
