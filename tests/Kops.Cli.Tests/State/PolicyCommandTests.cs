using System.Text.Json;
using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Cli.Tests.State;

public sealed class PolicyCommandTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/ci";
    private readonly Desk _desk = new();
    private readonly MemoryStoreDriver _state = new(TimeProvider.System);
    private readonly MemoryStoreDriver _generated = new(TimeProvider.System);

    public PolicyCommandTests() =>
        _desk.MoreStores = _ =>
            new StoreRegistry().Add(
                "s3",
                address =>
                {
                    var parts = address["s3://".Length..].Split('/', 2);
                    var root = new Store("s3://" + parts[0], parts[0] == "state" ? _state : _generated).Root;
                    return parts.Length > 1 ? root.Join(parts[1]) : root;
                }
            );

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Parts_of_a_cluster_that_stand_elsewhere_are_in_the_policies()
    {
        Assert.Equal(
            0,
            (
                await _desk.RunAsync(
                    "create",
                    "cluster",
                    "demo.example.com",
                    "--cloud",
                    "aws",
                    "--zones",
                    "us-east-1a",
                    "--set",
                    "spec.configBase=s3://generated/demo",
                    "--state",
                    "s3://state"
                )
            ).ExitCode
        );

        var run = await _desk.RunAsync(
            "state",
            "policy",
            "--state",
            "s3://state",
            "--cluster",
            "demo.example.com",
            "--mode",
            "write",
            "--principal",
            Role
        );

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Error);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(["identity", "bucket/generated", "bucket/state"], json.RootElement.EnumerateObject().Select(part => part.Name));
        Assert.Contains("arn:aws:s3:::generated/demo/*", run.Out, StringComparison.Ordinal);
        Assert.Contains("arn:aws:s3:::state/demo.example.com/*", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("arn:aws:s3:::state/*", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_yet_is_taken_to_be_as_most_are_and_that_is_said()
    {
        var run = await _desk.RunAsync("state", "policy", "--state", "s3://state", "--cluster", "new.example.com", "--mode", "node");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Note: cluster \"new.example.com\" is not there", run.Error, StringComparison.Ordinal);
        Assert.Contains("arn:aws:s3:::state/new.example.com/backups/*", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_document_can_be_had_alone()
    {
        var run = await _desk.RunAsync("state", "policy", "--state", "s3://state", "--principal", Role, "--part", "bucket/state");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("2012-10-17", json.RootElement.GetProperty("Version").GetString());
        Assert.Equal(ExitCode.Usage, (await _desk.RunAsync("state", "policy", "--state", "s3://state", "--part", "bucket/state")).ExitCode);
    }

    [Theory]
    [InlineData("no ARN", "--principal", "--principal", "ci")]
    [InlineData("no mode", "--mode", "--mode", "admin")]
    [InlineData("nodes of no cluster", "--cluster is required", "--mode", "node")]
    [InlineData("no cloud", "--cloud", "--cloud", "moon")]
    [InlineData("a local store", "s3://bucket", "--state", "/srv/state")]
    [InlineData("not a cluster name", "'/' stands in none", "--cluster", "a/b")]
    public async Task What_cannot_be_is_refused_with_the_cure(string what, string cure, params string[] flags)
    {
        _desk.Environment["KOPS_STATE_STORE"] = "s3://state";

        var run = await _desk.RunAsync(["state", "policy", .. flags]);

        Assert.True(run.ExitCode != 0 && run.Out.Length == 0, what);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake in kops", run.Error, StringComparison.Ordinal);
    }
}
