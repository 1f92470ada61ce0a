using Kops.Cli.Stores;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// That a server honours conditions is tried out once and remembered; a server that is another one, or was tried long ago, is tried again.
/// </summary>
public sealed class ProbedServersTests(TestServers servers) : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_bucket_is_tried_out_by_the_first_command_that_writes_and_again_after_a_week()
    {
        var (bucket, values) = await servers.CreateBucketAsync(TestContext.Current.CancellationToken);
        foreach (var name in (string[])["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])
            _desk.Environment[name] = values[name];
        _desk.Environment["KOPS_STATE_STORE"] = $"s3://{bucket}";

        var first = await RunAsync("create cluster c.example.com --cloud aws --zones us-east-1a");
        await AgeAsync(days: 6);
        var later = await RunAsync("edit cluster c.example.com --set spec.kubernetesVersion=1.33.2");
        await AgeAsync(days: 8);
        var afterAWeek = await RunAsync("edit cluster c.example.com --set spec.kubernetesVersion=1.33.3");
        _desk.Environment["S3_ENDPOINT"] = values["S3_ENDPOINT"].Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var elsewhere = await RunAsync("edit cluster c.example.com --set spec.kubernetesVersion=1.33.4");

        Assert.Equal((true, false, true, true), (first, later, afterAWeek, elsewhere));
        Assert.DoesNotContain(
            values["S3_SECRET_ACCESS_KEY"],
            await File.ReadAllTextAsync(_desk.PathOf(".kops/probed"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_remembered_and_nothing_fails()
    {
        var servers = new ProbedServers(_desk.Write("file", "no directory"), TimeProvider.System);

        servers.Add("http://server s3://bucket");

        Assert.False(servers.Knows("http://server s3://bucket"));
    }

    /// <summary>Runs a command, and tells whether it tried the server out: then it has written down when.</summary>
    private async Task<bool> RunAsync(string command)
    {
        var before = Remembered();
        var run = await _desk.RunAsync(command.Split(' '));
        Assert.True(run.ExitCode == 0, run.Error);
        return before != Remembered();
    }

    private string? Remembered() => File.Exists(_desk.PathOf(".kops/probed")) ? File.ReadAllText(_desk.PathOf(".kops/probed")) : null;

    private async Task AgeAsync(int days)
    {
        var file = _desk.PathOf(".kops/probed");
        var line = Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(
            file,
            $"{DateTimeOffset.UtcNow.AddDays(-days):yyyy-MM-ddTHH:mm:ssZ}{line[line.IndexOf(' ', StringComparison.Ordinal)..]}\n",
            TestContext.Current.CancellationToken
        );
    }
}
