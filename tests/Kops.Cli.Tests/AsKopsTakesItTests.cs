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

    [Theory]
    [InlineData("create", "secret", "--name", DeskClusters.Name, "sshpublickey", "admin", "-i")]
    [InlineData("create", "secret", "sshpublickey", DeskClusters.Name, "-i")]
    [InlineData("create", "sshpublickey", DeskClusters.Name, "--pubkey")]
    public async Task Older_forms_of_commands_still_work(params string[] words)
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync([.. words, _desk.Write("key.pub", Key)]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("2d:dc:55:f7", (await _desk.RunAsync("get", "sshpublickeys", DeskClusters.Name)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", 0, "kube-proxy")]
    [InlineData("sshpublickey", 2, "'kops get sshpublickeys'")]
    [InlineData("keypair", 2, "'kops get keypairs'")]
    public async Task Secrets_are_asked_for_by_their_old_types(string type, int code, string expected)
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");

        var run = await _desk.RunAsync("get", "secrets", "--type", type, "--name", DeskClusters.Name);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(expected, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_keys_are_as_long_as_the_variable_says()
    {
        await _desk.CreateAsync();
        _desk.Environment["KOPS_RSA_PRIVATE_KEY_SIZE"] = "3072";

        await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");
        await _desk.RunAsync("create", "keypair", "service-account", "--name", DeskClusters.Name);

        await using var stores = _desk.OpenStores();
        var store = new StateStore.ClusterStore(
            stores.Resolve(_desk.PathOf(".kops/state")),
            stores,
            TimeProvider.System,
            new("a", "b", "c", "d")
        );
        var keysets = await (await store.ReadAsync(DeskClusters.Name, TestContext.Current.CancellationToken))!.Keysets.ListAsync(
            TestContext.Current.CancellationToken
        );
        Assert.All(keysets.Keysets.SelectMany(keyset => keyset.Keyset.Items), item => Assert.Equal(3072, item.Certificate!.KeyBits));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("1")]
    public async Task A_length_of_keys_that_is_none_is_an_error(string value)
    {
        _desk.Environment["KOPS_RSA_PRIVATE_KEY_SIZE"] = value;

        var run = await _desk.RunAsync("create", "cluster", DeskClusters.Name, "--zones", "us-east-1a");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"KOPS_RSA_PRIVATE_KEY_SIZE: '{value}'", run.Error, StringComparison.Ordinal);
    }

    /// <summary>To change what cannot be changed in place, scripts delete the one group of nodes and make it anew.</summary>
    [Fact]
    public async Task The_last_group_of_nodes_can_be_deleted_and_the_last_control_plane_cannot()
    {
        await _desk.RunAsync("create", "cluster", DeskClusters.Name, "--zones", "us-east-1a");

        var nodes = await _desk.RunAsync("delete", "instancegroup", "nodes-us-east-1a", "--name", DeskClusters.Name, "--yes");
        var update = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");
        var control = await _desk.RunAsync("delete", "instancegroup", "control-plane-us-east-1a", "--name", DeskClusters.Name, "--yes");

        Assert.True(nodes.ExitCode == 0, nodes.Error);
        Assert.True(update.Error.Contains("has no instance group with the role Node: add one", StringComparison.Ordinal), update.Error);
        Assert.Equal(3, control.ExitCode);
        Assert.Contains("would have no control plane without control-plane-us-east-1a", control.Error, StringComparison.Ordinal);
        var again = await _desk.RunAsync(
            "create",
            "instancegroup",
            "nodes-us-east-1a",
            "--subnet",
            "us-east-1a",
            "--edit=false",
            "--name",
            DeskClusters.Name
        );
        Assert.True(again.ExitCode == 0, again.Error);
    }

    public void Dispose() => _desk.Dispose();
}
