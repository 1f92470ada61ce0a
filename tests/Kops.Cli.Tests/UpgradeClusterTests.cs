using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary><c>kops upgrade cluster</c>, in the words of kOps.</summary>
public sealed class UpgradeClusterTests : IDisposable
{
    private const string Name = DeskClusters.Name;

    private const string Advice = """
        spec:
          images:
          - {providerID: aws, architectureID: amd64, name: 099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20990101}
          kopsVersions:
          - {range: ">=1.30.0-alpha.1", kubernetesVersion: 1.36.3}
        """;

    private readonly Desk _desk = new();

    [Fact]
    public async Task It_shows_what_the_channel_recommends_and_does_it_when_told()
    {
        var channel = _desk.Write("channel.yaml", Advice);
        var directory = await _desk.CreateAsync(
            Name,
            "--kubernetes-version",
            "1.34.0",
            "--image",
            "ami-own",
            "--node-image",
            "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20200101"
        );
        var before = DeskClusters.Snapshot(directory);

        var dry = await _desk.RunAsync("upgrade", "cluster", Name, "--channel", channel);
        var unchanged = DeskClusters.Snapshot(directory);
        var done = await _desk.RunAsync("upgrade", "cluster", Name, "--channel", channel, "--yes");
        var again = await _desk.RunAsync("upgrade", "cluster", Name);

        Assert.Equal(before, unchanged);
        Assert.Equal(
            ["ITEM", "Cluster", "Cluster", "InstanceGroup/nodes-us-east-1a", "InstanceGroup/nodes-us-east-1b"],
            Rows(dry).Select(row => row[0])
        );
        Assert.Contains(
            "Note: custom image (ami-own) has been provided for instance group \"control-plane-us-east-1a\"",
            dry.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\nMust specify --yes to perform upgrade\n", dry.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\nUpdates applied to configuration.\nYou can now apply these changes, using `kops update cluster {Name}`\n",
            done.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(Rows(dry), Rows(done));
        var config = DeskClusters.Snapshot(directory)["config"];
        Assert.Contains($"  channel: {channel}\n", config, StringComparison.Ordinal);
        Assert.Contains("  kubernetesVersion: 1.36.3\n", config, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (again.ExitCode, again.Out));
        Assert.EndsWith("\nNo upgrade required\n", again.Error, StringComparison.Ordinal);

        // A change like any other: it can be taken back.
        var undone = await _desk.RunAsync("undo", (await _desk.RunAsync("history", Name)).Out.Split('\n')[1].Split('\t')[0], "--yes");
        Assert.Equal(0, undone.ExitCode);
        Assert.Contains("  kubernetesVersion: 1.34.0\n", DeskClusters.Snapshot(directory)["config"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_user_may_choose_the_version()
    {
        var directory = await _desk.CreateAsync(Name, "--kubernetes-version", "1.34.0", "--image", "ami-own");

        await _desk.RunAsync("upgrade", "cluster", Name, "--kubernetes-version", "v1.35.1", "--yes");

        Assert.Contains("  kubernetesVersion: 1.35.1\n", DeskClusters.Snapshot(directory)["config"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kubernetes-version", "newest", "--kubernetes-version: 'newest' is not a Kubernetes version")]
    [InlineData("--channel", "beta", "--channel: there is no channel 'beta'")]
    public async Task What_cannot_be_is_refused_with_the_flag(string flag, string value, string message)
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("upgrade", "cluster", Name, flag, value);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private static string[][] Rows(KopsRun run) =>
        [
            .. run
                .Out.Split("\n\n")[0]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t', StringSplitOptions.RemoveEmptyEntries)),
        ];
}
