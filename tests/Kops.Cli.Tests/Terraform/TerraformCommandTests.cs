using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance;
using Xunit;

namespace Kops.Cli.Tests.Terraform;

/// <summary><c>--target terraform</c>: what is written where, and what is left alone.</summary>
public sealed class TerraformCommandTests : IAsyncLifetime
{
    private readonly TerraformDesk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_is_described_and_written_for_Terraform_without_yes_as_with_kOps()
    {
        var run = await _desk.CreateAsync("--target", "terraform", "--out", _desk.Out);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("resource \"aws_vpc\" \"demo-example-com\"", _desk.Configuration, StringComparison.Ordinal);
        Assert.Contains($"Terraform output has been placed into {_desk.Out}\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_secrets_go_into_the_store_and_files_that_are_resources_do_not()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync();

        Assert.NotNull(await ReadAsync("pki/private/kubernetes-ca/keyset.yaml"));
        Assert.NotNull(await ReadAsync("secrets/admin"));
        Assert.Null(await ReadAsync("cluster-completed.spec"));
        Assert.Contains("resource \"aws_s3_object\" \"cluster-completed-spec\"", _desk.Configuration, StringComparison.Ordinal);
        Assert.StartsWith(
            "apiVersion: kops.k8s.io/v1alpha2",
            await File.ReadAllTextAsync(Path.Combine(_desk.Out, "data", "aws_s3_object_cluster-completed.spec_content"), Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task With_the_feature_off_the_store_gets_the_files()
    {
        _desk.Desk.Environment["KOPS_FEATURE_FLAGS"] = "-TerraformManagedFiles";
        await _desk.CreateAsync();
        await _desk.UpdateAsync();

        Assert.NotNull(await ReadAsync("cluster-completed.spec"));
        Assert.DoesNotContain("aws_s3_object", _desk.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_has_nothing_to_do()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync();
        var before = DeskClusters.Snapshot(_desk.Out);

        var run = await _desk.UpdateAsync("--exit-code");

        Assert.Equal((0, $"{_desk.Out} is up to date\n"), (run.ExitCode, run.Out));
        Assert.Equal(before, DeskClusters.Snapshot(_desk.Out));
    }

    [Fact]
    public async Task With_exit_code_it_is_only_looked_at()
    {
        await _desk.CreateAsync();

        var run = await _desk.UpdateAsync("--exit-code");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("+ kubernetes.tf\n", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_desk.Out));
        Assert.Null(await ReadAsync("secrets/admin"));
    }

    [Fact]
    public async Task What_somebody_changed_is_kept_and_named_until_the_user_agrees()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync();
        var file = Path.Combine(_desk.Out, "kubernetes.tf");
        await File.AppendAllTextAsync(file, "# mine\n", Token);
        await _desk.Desk.RunAsync("edit", "ig", "nodes-us-east-1a", "--name", DeskClusters.Name, "--set", "spec.maxSize=7");

        var refused = await _desk.UpdateAsync();
        var kept = _desk.Configuration;
        var agreed = await _desk.UpdateAsync("--yes");

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("\n  kubernetes.tf\nNothing was written. With --yes", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("max_size              = 7", kept, StringComparison.Ordinal);
        Assert.Equal(0, agreed.ExitCode);
        Assert.Contains("max_size              = 7", _desk.Configuration, StringComparison.Ordinal);
        Assert.DoesNotContain("# mine", _desk.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_not_wanted_any_more_go_and_the_users_own_stay()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync();
        var own = Path.Combine(_desk.Out, "data", "own");
        await File.WriteAllTextAsync(own, "own", Token);
        var before = Data();
        await _desk.Desk.RunAsync(
            "edit",
            "cluster",
            DeskClusters.Name,
            "--set",
            "spec.nodeTerminationHandler.enableRebalanceDraining=true"
        );
        await _desk.UpdateAsync();
        var with = Data();
        await _desk.Desk.RunAsync(
            "edit",
            "cluster",
            DeskClusters.Name,
            "--set",
            "spec.nodeTerminationHandler.enableRebalanceDraining=false"
        );
        await _desk.UpdateAsync();

        Assert.NotEmpty(with.Except(before));
        Assert.Equal(before, Data());
    }

    [Fact]
    public async Task A_phase_holds_those_before_it_and_nothing_that_comes_later()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync("--phase", "network");
        var network = _desk.Configuration;
        await _desk.UpdateAsync("--phase", "security");
        var security = _desk.Configuration;

        Assert.Contains("aws_subnet", network, StringComparison.Ordinal);
        Assert.DoesNotContain("aws_security_group", network, StringComparison.Ordinal);
        Assert.Contains("aws_subnet", security, StringComparison.Ordinal);
        Assert.Contains("aws_iam_role", security, StringComparison.Ordinal);
        Assert.DoesNotContain("aws_autoscaling_group", security, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EventBridgeTarget=Ignore")]
    [InlineData("aws_cloudwatch_event_target=ignore")]
    public async Task Kinds_that_others_care_for_are_left_out(string left)
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync("--lifecycle-overrides", left);

        Assert.DoesNotContain("aws_cloudwatch_event_target", _desk.Configuration, StringComparison.Ordinal);
        Assert.Contains("aws_cloudwatch_event_rule", _desk.Configuration, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "refers to aws_vpc 'demo.example.com', which is left out", "--lifecycle-overrides", "VPC=Ignore")]
    [InlineData(1, "the cluster has nothing of the kind 'Pears'; it has AutoscalingGroup, ", "--lifecycle-overrides", "Pears=Ignore")]
    [InlineData(2, "use VPC=Ignore", "--lifecycle-overrides", "VPC=ExistsAndValidates")]
    [InlineData(2, "there is no life cycle 'Skip'", "--lifecycle-overrides", "VPC=Skip")]
    [InlineData(2, "'VPC' is not KIND=LIFECYCLE", "--lifecycle-overrides", "VPC")]
    [InlineData(2, "there are network, security and cluster", "--phase", "assets")]
    public async Task What_cannot_be_left_out_is_refused(int code, string message, params string[] flags)
    {
        await _desk.CreateAsync();

        var run = await _desk.UpdateAsync(flags);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_desk.Out));
    }

    [Fact]
    public async Task Machines_start_with_a_script_that_knows_nodeups_hash_and_what_they_boot_from()
    {
        await _desk.CreateAsync();
        await _desk.UpdateAsync();

        var data = Path.Combine(_desk.Out, "data");
        var script = await File.ReadAllTextAsync(
            Path.Combine(data, $"aws_launch_template_nodes-us-east-1a.{DeskClusters.Name}_user_data"),
            Token
        );
        var config = await File.ReadAllBytesAsync(Path.Combine(data, "aws_s3_object_nodeupconfig-nodes-us-east-1a_content"), Token);
        Assert.Contains($"NODEUP_HASH_AMD64={TerraformDesk.Hash}\n", script, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN CERTIFICATE-----", script, StringComparison.Ordinal);
        Assert.Contains(
            $"NodeupConfigHash: {Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(config))}\n",
            script,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Offline_what_must_be_asked_is_named_with_the_file_that_can_tell_it()
    {
        _desk.Desk.Write("cloud-facts.yaml", "aws:\n  project: \"123456789012\"\n");
        await _desk.CreateAsync();

        var run = await _desk.UpdateAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("instance group control-plane-us-east-1a: the image '", run.Error, StringComparison.Ordinal);
        Assert.Contains("under aws.images in the file that KOPS_CLOUD_FACTS names", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_Terraform_has_no_resources_for_is_named_with_the_way_out()
    {
        _desk.Desk.MoreStores = stores => stores;
        _desk.Desk.Environment["KOPS_STATE_STORE"] = _desk.Desk.PathOf("state");
        await _desk.CreateAsync("--cloud", "aws");

        var run = await _desk.UpdateAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("KOPS_FEATURE_FLAGS=-TerraformManagedFiles", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_have_what_the_cluster_says_of_them()
    {
        await _desk.CreateAsync("--set", "spec.target.terraform.providerExtraConfig.profile=team");
        await _desk.UpdateAsync();

        Assert.Contains(
            "provider \"aws\" {\n  profile = \"team\"\n  region  = \"us-east-1\"\n}",
            _desk.Configuration,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_but_the_user_reads_what_is_written()
    {
        if (OperatingSystem.IsWindows())
            return;
        await _desk.CreateAsync();
        await _desk.UpdateAsync();

        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in Directory.GetFiles(_desk.Out, "*", SearchOption.AllDirectories))
            Assert.Equal(Owners, File.GetUnixFileMode(file));
        Assert.Equal(Owners | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_desk.Out, "data")));
    }

    public ValueTask InitializeAsync() => _desk.StartAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private List<string> Data() =>
        [.. Directory.GetFiles(Path.Combine(_desk.Out, "data")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private async Task<string?> ReadAsync(string path) =>
        await _desk.Open($"{TerraformDesk.State}/{DeskClusters.Name}/{path}").ReadTextAsync(Token);
}
