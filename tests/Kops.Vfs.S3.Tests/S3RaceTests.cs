using System.Diagnostics;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>Writers in several processes.</summary>
public sealed class S3RaceTests(S3Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_with_eight_writers_each_lose_no_increment()
    {
        var bucket = await server.CreateBucketAsync(Token);
        await using var driver = server.Open(bucket);
        await driver.PutAsync(Counter.Key, ObjectBody.FromBytes("0"u8.ToArray()), WriteCondition.IfAbsent, Token);

        await Task.WhenAll(CountInChildAsync(bucket), CountInChildAsync(bucket));

        Assert.Equal("800", (await ObjectContent.ReadAsync((await driver.OpenReadAsync(Counter.Key, Token))!, Token)).Text);
    }

    private async Task CountInChildAsync(string bucket)
    {
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!, [Program.CountCommand, bucket, "8", "50"])
            {
                Environment =
                {
                    [S3Server.EndpointVariable] = server.Options.Endpoint!.AbsoluteUri,
                    [S3Server.AccessKeyVariable] = server.Options.AccessKey!.Id,
                    [S3Server.SecretKeyVariable] = server.Options.AccessKey.Secret,
                },
                RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        child.Start();
        var output = child.StandardOutput.ReadToEndAsync(Token);
        var errors = child.StandardError.ReadToEndAsync(Token);
        await child.WaitForExitAsync(Token);
        Assert.True(child.ExitCode == 0, await output + await errors);
    }
}
