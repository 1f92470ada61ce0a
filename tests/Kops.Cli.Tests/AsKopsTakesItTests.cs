using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What kOps takes is taken, and what it refuses refused.</summary>
public sealed class AsKopsTakesItTests : IDisposable
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBEy6CcEOj/lSe/85cpp7Lw9wwiyxV2E8v+FjQDMcdSj demo";
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("yaml", $"publicKey: {Key}\n")]
    [InlineData("json", $"\"publicKey\":\"{Key}\"")]
    public async Task SSH_keys_are_shown_without_the_white_space_of_their_file(string format, string expected)
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("create", "sshpublickey", DeskClusters.Name, "-i", _desk.Write("key.pub", $"{Key}\n\n"));

        var run = await _desk.RunAsync("get", "sshpublickeys", DeskClusters.Name, "-o", format);

        // YAML folds long lines.
        Assert.Contains(expected, run.Out.Replace("\n    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dockerconfig", "[]", "no JSON object")]
    [InlineData("dockerconfig", "\"text\"", "no JSON object")]
    [InlineData("encryptionconfig", "just text", "not one YAML document")]
    [InlineData("encryptionconfig", "[a, b]", "not one YAML document")]
    [InlineData("ciliumpassword", "", "not one YAML document")]
    public async Task Secrets_that_are_no_objects_are_refused(string name, string value, string message)
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync(value, ["create", "secret", name, DeskClusters.Name, "-f", "-"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_kOps_takes_and_never_stores_is_taken()
    {
        await _desk.CreateAsync(DeskClusters.Name, "--set", "spec.cloudProvider.aws.binariesLocation=https://example.com");

        var edit = await _desk.RunAsync("edit", "cluster", DeskClusters.Name, "--set", "spec.cloudProvider.aws.binariesLocation=x");

        Assert.Equal((0, "No changes were made.\n"), (edit.ExitCode, edit.Out));
    }

    [Fact]
    public async Task A_version_file_that_nobody_can_read_is_an_error_that_names_it_and_the_cure()
    {
        await _desk.CreateAsync();
        var file = _desk.Write($".kops/state/{DeskClusters.Name}/kops-version.txt", "what is this");

        var refused = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");
        var forced = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes", "--allow-kops-downgrade");

        Assert.Equal((1, 0), (refused.ExitCode, forced.ExitCode));
        Assert.Contains($"{file}: 'what is this' is not a version of kOps", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-kops-downgrade", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_older_kOps_will_refuse_the_cluster_is_said_before_it_is_marked()
    {
        await _desk.CreateAsync();
        _desk.Write($".kops/state/{DeskClusters.Name}/kops-version.txt", "1.35.0");

        var dry = await _desk.RunAsync("update", "cluster", DeskClusters.Name);
        var real = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");
        var again = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");

        Assert.All(new[] { dry, real }, run => Assert.Contains("an older kOps then refuses", run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("an older kOps", again.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();
}
