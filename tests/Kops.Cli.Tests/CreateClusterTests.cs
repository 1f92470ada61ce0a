using System.Text.Json;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What <c>create cluster</c> and <c>create instancegroup</c> print and store, as users of kOps know it.</summary>
public sealed class CreateClusterTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUXCHhcRz1CEBcQKO6Wyus0ixHGa/3a5J86yqFvDeRX\n";
    private readonly Desk _desk = new();

    [Fact]
    public async Task Without_yes_it_ends_with_the_suggestions_of_kops()
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1b,us-east-1a");

        Assert.EndsWith(
            $"""

            Cluster configuration has been created.

            Suggestions:
             * list clusters with: kops get cluster
             * edit this cluster with: kops edit cluster {Name}
             * edit your node instance group: kops edit ig --name={Name} nodes-us-east-1b
             * edit your control-plane instance group: kops edit ig --name={Name} control-plane-us-east-1b

            Finally configure your cluster with: kops update cluster --name {Name} --yes --admin


            """,
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_dry_run_prints_what_would_be_stored_and_the_key()
    {
        var key = _desk.Write("key.pub", Key);
        string[] flags = ["create", "cluster", Name, "--zones", "us-east-1a", "--networking", "cni", $"--ssh-public-key={key}"];

        var dry = await _desk.RunAsync([.. flags, "--dry-run", "-o", "yaml"]);
        await _desk.RunAsync(flags);
        var stored = await _desk.RunAsync("get", "all", Name, "-o", "yaml");

        Assert.Equal(string.Empty, dry.Error.Replace(dry.Error.Split('\n')[0] + "\n", string.Empty, StringComparison.Ordinal));
        string[] documents = dry.Out.Split("\n---\n\n");
        Assert.Equal(
            $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: SSHCredential
            metadata:
              labels:
                kops.k8s.io/cluster: {Name}
              name: admin
            spec:
              publicKey: {Key.Trim()}

            """,
            documents[^1]
        );
        Assert.Equal(Timeless(stored.Out), Timeless(string.Join("\n---\n\n", documents[..^1])));
    }

    [Fact]
    public async Task A_dry_run_in_JSON_is_one_list()
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a", "--dry-run", "-o", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(
            ["Cluster", "InstanceGroup", "InstanceGroup"],
            json.RootElement.EnumerateArray().Select(one => one.GetProperty("kind").GetString())
        );
    }

    [Theory]
    [InlineData("--master-count", "1", "Flag --master-count has been deprecated, use --control-plane-count instead")]
    [InlineData("--master-zones", "us-east-1a", "Flag --master-zones has been deprecated, use --control-plane-zones instead")]
    [InlineData("--override", "spec.channel=alpha", "Flag --override has been deprecated, use --set instead")]
    [InlineData(
        "--container-runtime",
        "containerd",
        "Flag --container-runtime has been deprecated, containerd is the only supported value"
    )]
    public async Task An_old_flag_works_and_says_its_new_name(string flag, string value, string message)
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a", flag, value, "--dry-run", "-o", "yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(message + "\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_new_name_says_nothing()
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a", "--control-plane-count", "1", "--dry-run");

        Assert.DoesNotContain("deprecated", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--networking=flannel --ipv6", "--networking: spec.networking.flannel: does not support IPv6")]
    [InlineData(
        "--node-volume-type=fast",
        "--node-volume-type: InstanceGroup nodes-us-east-1a: spec.rootVolumeType: 'fast' is not supported"
    )]
    [InlineData("--kubernetes-version=1.99.0", "--kubernetes-version: spec.kubernetesVersion: 1.99.0 is newer than")]
    public async Task What_does_not_go_together_is_led_back_to_the_flag(string flags, string message)
    {
        var run = await _desk.RunAsync(["create", "cluster", Name, "--zones", "us-east-1a", .. flags.Split(' ')]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_that_the_user_adds_are_stored_beside_the_cluster()
    {
        _desk.Environment["KOPS_FEATURE_FLAGS"] = "ClusterAddons";
        var file = _desk.Write(
            "more.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n"
        );
        await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a", "--add", file);

        var stored = await File.ReadAllTextAsync(
            _desk.PathOf($".kops/state/{Name}/clusteraddons/default"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n\n---\n\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n",
            stored
        );
    }

    [Fact]
    public async Task Clouds_without_keys_of_their_own_get_the_users()
    {
        _desk.Write(".ssh/id_ed25519.pub", Key);
        _desk.Write(".ssh/id_rsa.pub", "not looked at where there is the other");
        _desk.Environment["HCLOUD_TOKEN"] = "none";

        var run = await _desk.RunAsync("create", "cluster", Name, "--cloud", "hetzner", "--zones", "fsn1", "--networking", "cni");
        var keys = await _desk.RunAsync("get", "sshpublickeys", Name);

        Assert.Contains("Using the SSH public key", run.Error, StringComparison.Ordinal);
        Assert.Contains("43:a7:4f:17:e2:31:a7:d4:82:1f:0d:26:60:30:4b:bf", keys.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWS_gets_a_key_only_when_it_is_named()
    {
        _desk.Write(".ssh/id_ed25519.pub", Key);

        await _desk.CreateAsync();

        Assert.DoesNotContain(
            DeskClusters.Snapshot(_desk.PathOf($".kops/state/{Name}")).Keys,
            file => file.Contains("pki/ssh", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_new_group_is_printed_as_it_would_be_stored()
    {
        await _desk.CreateAsync(Name, "--networking", "cni", "--kubernetes-version", "1.36.3");

        var dry = await _desk.RunAsync(
            "create",
            "ig",
            "more",
            "--name",
            Name,
            "--role",
            "node",
            "--subnet",
            "us-east-1b",
            "--dry-run",
            "-o",
            "yaml"
        );
        var run = await _desk.RunAsync("create", "ig", "more", "--name", Name, "--role", "nodes", "--subnet", "us-east-1b", "--edit=false");
        var stored = await _desk.RunAsync("get", "ig", "more", "--name", Name, "-o", "yaml");

        Assert.Equal("Created instancegroup/more\n", run.Out);
        Assert.Contains(
            "manager: CloudGroup\n  maxSize: 2\n  minSize: 2\n  nodeLabels:\n    kops.k8s.io/instancegroup: more\n  role: Node\n  "
                + "subnets:\n  - us-east-1b\n",
            dry.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(Timeless(stored.Out), Timeless(dry.Out));
    }

    public void Dispose() => _desk.Dispose();

    private static string Timeless(string yaml) =>
        string.Join('\n', yaml.Split('\n').Where(line => !line.Contains("creationTimestamp", StringComparison.Ordinal))).Trim();
}
