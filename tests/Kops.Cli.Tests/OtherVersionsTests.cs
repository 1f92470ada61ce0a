using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Documents of other versions, and of fields that have no effect any more.</summary>
public sealed class OtherVersionsTests : IDisposable
{
    private const string Later = """
        apiVersion: kops.k8s.io/v1alpha3
        kind: InstanceGroup
        metadata:
          name: nodes
          labels:
            kops.k8s.io/cluster: demo.example.com
        spec:
          role: Node
          machineType: m5.large
          maxSize: 2
          minSize: 1
          rootVolume:
            size: 30
          subnets: [us-east-1a]
        """;

    private readonly Desk _desk = new();

    [Fact]
    public async Task A_group_written_in_v1alpha3_is_stored_in_v1alpha2()
    {
        var created = await _desk.RunAsync("create", "cluster", "demo.example.com", "--zones", "us-east-1a");
        Assert.Equal(0, created.ExitCode);

        var replaced = await _desk.RunAsync("replace", "--force", "-f", _desk.Write("nodes.yaml", Later));
        var shown = await _desk.RunAsync("get", "ig", "nodes", "--name", "demo.example.com", "-o", "yaml");

        Assert.Equal(0, replaced.ExitCode);
        Assert.StartsWith("apiVersion: kops.k8s.io/v1alpha2\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("  rootVolumeSize: 30\n", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_dropped_is_named_with_its_place()
    {
        await _desk.RunAsync("create", "cluster", "demo.example.com", "--zones", "us-east-1a");
        var file = _desk.Write(
            "nodes.yaml",
            Later
                .Replace("v1alpha3", "v1alpha2", StringComparison.Ordinal)
                .Replace("rootVolume:\n    size: 30", "rootVolumeDeleteOnTermination: true", StringComparison.Ordinal)
        );

        var replaced = await _desk.RunAsync("replace", "--force", "-f", file);

        Assert.Equal(0, replaced.ExitCode);
        Assert.Contains(
            $"Warning: {file}:12:3: spec.rootVolumeDeleteOnTermination: has no effect, and kOps does not keep it\n",
            replaced.Error,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _desk.Dispose();
}
