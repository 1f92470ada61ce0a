using Kops.Cli.Tests.Support;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Oss.Server;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// A cluster's life on servers that cannot be trusted with conditions: it is guarded by the lock, and each command that writes says so
/// once.
/// </summary>
public sealed class ConditionsIgnoredTests(TestServers servers) : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task On_an_emulator_of_Cloud_Storage()
    {
        await using var server = await GcsServer.StartAsync(
            new GcsServerOptions { Authenticate = false, Quirks = EmulatorQuirks.FakeGcsServer }
        );
        server.CreateBucket("state");
        _desk.Environment["STORAGE_EMULATOR_HOST"] = server.Address.Authority;

        await LiveAsync("gs://state");
    }

    [Fact]
    public async Task On_an_emulator_of_OSS()
    {
        await using var server = await OssServer.StartAsync(new OssServerOptions { Quirks = OssQuirks.AliyunEmulator });
        server.CreateBucket("state");
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)
                [("OSS_ENDPOINT", server.Address.AbsoluteUri), ("OSS_ACCESS_KEY_ID", "any"), ("OSS_ACCESS_KEY_SECRET", "any")]
        )
            _desk.Environment[name] = value;

        await LiveAsync("oss://state");
    }

    [Fact]
    public async Task On_a_relative_of_S3_of_which_that_is_said()
    {
        var (bucket, values) = await servers.CreateBucketAsync(TestContext.Current.CancellationToken);
        _desk.Write(
            ".kops/config",
            $"stores:\n  s3://{bucket}:\n    endpoint: {values["S3_ENDPOINT"]}\n    credentials: {{accessKeyId: "
                + $"{values["S3_ACCESS_KEY_ID"]}, secretAccessKey: {values["S3_SECRET_ACCESS_KEY"]}}}\n"
                + "    encryption: none\n    quirks: {conditionalReplace: false}\n"
        );

        await LiveAsync($"s3://{bucket}");
    }

    private async Task LiveAsync(string store)
    {
        foreach (
            var command in (string[])
                [
                    "create cluster c.example.com --cloud aws --zones us-east-1a",
                    "edit cluster c.example.com --set spec.kubernetesVersion=1.33.1",
                    "update cluster c.example.com --yes",
                    "delete cluster c.example.com --unregister --yes",
                ]
        )
        {
            var run = await _desk.RunAsync([.. command.Split(' '), "--state", store]);

            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
            Assert.Single(
                run.Error.Split('\n'),
                line => line == $"Note: {store} cannot check conditions itself: writes are guarded by the lock object .kops-lock"
            );
            if (command.StartsWith("edit", StringComparison.Ordinal))
                Assert.Contains("c.example.com", (await _desk.RunAsync("get", "clusters", "--state", store)).Out, StringComparison.Ordinal);
        }
    }
}
