using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Boot;
using Kops.Build.Input;
using Kops.Build.Nodes;
using Kops.Build.Tests.Samples;

namespace Kops.Build.Tests;

/// <summary>What the cluster's assets and the environment say of where programs, files and images are taken from.</summary>
public sealed class Things_are_taken_from_elsewhere
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private readonly SampleCluster _sample = new();

    [Theory]
    [InlineData("arm64", "arm64")]
    [InlineData("amd64", "amd64")]
    [InlineData("", "amd64,arm64")]
    public void KOPS_ARCH_leaves_one_architecture(string value, string architectures)
    {
        var request = With(("KOPS_ARCH", value));

        Assert.All(
            NodeConfigs.Of(request),
            node => Assert.Equal(architectures, string.Join(',', ((MappingNode)Config(node)["Assets"]).Select(row => row.Key)))
        );
        Assert.All(
            Scripts(request),
            script =>
                Assert.Equal(
                    architectures.Split(',').Select(name => $"NODEUP_URL_{name.ToUpperInvariant()}"),
                    script
                        .Split('\n')
                        .Where(line => line.StartsWith("NODEUP_URL_", StringComparison.Ordinal))
                        .Select(line => line.Split('=')[0])
                )
        );
    }

    [Fact]
    public void KOPS_ARCH_that_is_none_is_named() =>
        Assert.Contains(
            "KOPS_ARCH",
            Assert.Throws<FormatException>(() => NodeConfigs.Of(With(("KOPS_ARCH", "s390x")))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void KOPS_BASE_URL_has_nodeup_and_the_images_of_a_build_and_no_mirror()
    {
        var request = With(("KOPS_BASE_URL", "https://example.com/build/"));

        Assert.All(
            Scripts(request),
            script => Assert.Contains("NODEUP_URL_AMD64=https://example.com/build/linux/amd64/nodeup\n", script, StringComparison.Ordinal)
        );
        Assert.Equal(
            ["channels", "kops-controller", "dns-controller", "kube-apiserver-healthcheck"],
            Images("control-plane").Select(source => source["https://example.com/build/images/".Length..^"-amd64.tar.gz".Length])
        );
        Assert.Empty(Images("nodes"));

        IEnumerable<string> Images(string group) =>
            ((Config(NodeConfigs.Of(request).Single(node => node.Group == group))["images"] as MappingNode)?["amd64"] as SequenceNode ?? [])
                .OfType<MappingNode>()
                .Select(image => ((SequenceNode)image["sources"]).Single().ToString()!);
    }

    [Theory]
    [InlineData("https://example.com/cni.tgz", Hash, true)]
    [InlineData("https://example.com/cni.tgz", "", false)]
    [InlineData("", Hash, false)]
    public void CNI_VERSION_URL_counts_with_its_hash_alone(string address, string hash, bool counts)
    {
        _sample.Cluster.Spec.Networking!.Node.Remove("cilium");
        _sample.Cluster.Spec.Networking.Node["kindnet"] = new MappingNode();
        var request = With(("CNI_VERSION_URL", address), ("CNI_ASSET_HASH_STRING", hash));

        Assert.All(
            NodeConfigs.Of(request),
            node => Assert.Equal(counts, Text(node).Contains($"- {Hash}@https://example.com/cni.tgz\n", StringComparison.Ordinal))
        );
        Assert.All(
            NodeConfigs.Of(request),
            node => Assert.NotEqual(counts, Text(node).Contains("containernetworking/plugins", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_repository_has_all_files_below_their_path_and_their_hashes_stay()
    {
        var plain = NodeConfigs.Of(With()).Select(Text).ToList();
        _sample.Cluster.Spec.EnsureAssets().FileRepository = "https://files.example.com/kops/";
        var own = With();
        var moved = NodeConfigs.Of(own).Select(Text).ToList();

        Assert.All(
            plain.Zip(moved),
            pair =>
                Assert.Equal(
                    Assets(pair.First)
                        .Select(line => line.Replace("@https://", "@https://files.example.com/kops/", StringComparison.Ordinal))
                        .Select(WithoutHost),
                    Assets(pair.Second)
                )
        );
        Assert.All(
            Scripts(own),
            script => Assert.Matches("NODEUP_URL_AMD64=https://files.example.com/kops/binaries/kops/[^,]+/linux/amd64/nodeup\n", script)
        );

        static IEnumerable<string> Assets(string config) =>
            config.Split('\n').Where(line => line.Contains("@https://", StringComparison.Ordinal));

        // The host of the makers is not part of the path.
        static string WithoutHost(string line)
        {
            var start = line.IndexOf("/kops/", StringComparison.Ordinal) + "/kops/".Length;
            return line[..start] + line[(line.IndexOf('/', start) + 1)..];
        }
    }

    [Theory]
    [InlineData("", "", "registry.k8s.io/kops/channels:", "registry.k8s.io/etcd-manager/etcd-manager-slim:")]
    [InlineData("r.example.com/k8s", "", "r.example.com/k8s/kops-channels:", "r.example.com/k8s/etcd-manager-etcd-manager-slim:")]
    [InlineData("", "proxy.example.com", "proxy.example.com/kops/channels:", "proxy.example.com/etcd-manager/etcd-manager-slim:")]
    [InlineData(
        "r.example.com",
        "p.example.com",
        "r.example.com/p.example.com-kops-channels:",
        "r.example.com/p.example.com-etcd-manager-"
    )]
    public void Registry_and_proxy_have_every_image_of_every_pod(string registry, string proxy, string channels, string etcd)
    {
        var assets = _sample.Cluster.Spec.EnsureAssets();
        if (registry.Length > 0)
            assets.ContainerRegistry = registry;
        if (proxy.Length > 0)
            assets.ContainerProxy = proxy;
        var files = ClusterFiles.Of(With());

        Assert.Contains($"image: {channels}", Text(files, FileRole.ChannelsManifest), StringComparison.Ordinal);
        Assert.Contains($"image: {etcd}", Text(files, FileRole.EtcdManifest), StringComparison.Ordinal);
        var direct = files
            .Files.Where(file => file.Role != FileRole.CompletedSpec) // its addons are completed as they are
            .SelectMany(file => Encoding.UTF8.GetString(file.Content.Span).Split('\n').Select(line => $"{file.Role}: {line.Trim()}"))
            .Where(line => line.Contains(": registry.k8s.io/", StringComparison.Ordinal))
            .Distinct();
        if (registry.Length + proxy.Length > 0)
            Assert.Empty(direct);
        else
            Assert.NotEmpty(direct);
    }

    [Theory]
    [InlineData("KUBE_APISERVER_HEALTHCHECK_IMAGE", "kube-apiserver-healthcheck")]
    [InlineData("KOPSCONTROLLER_IMAGE", "kops-controller")]
    [InlineData("DNSCONTROLLER_IMAGE", "dns-controller")]
    public void A_variable_names_an_image_instead_of_the_releases_which_is_pulled_from_where_all_are(string variable, string name)
    {
        _sample.Cluster.Spec.EnsureAssets().ContainerRegistry = "r.example.com";
        var context = new BuildContext(With((variable, "quay.io/me/mine:1")));

        Assert.Equal("r.example.com/quay.io-me-mine:1", context.Image($"registry.k8s.io/kops/{name}:1.37.0"));
        Assert.Equal("r.example.com/kops-channels:1.37.0", context.Image("registry.k8s.io/kops/channels:1.37.0"));
        Assert.Contains(variable, VariableNames.All);
    }

    private BuildRequest With(params (string Name, string Value)[] variables)
    {
        var request = _sample.Request() with { Variables = new(variables.ToDictionary(pair => pair.Name, pair => pair.Value)) };
        try
        {
            return request with
            {
                Hashes = NodeDownloads
                    .Questions(request)
                    .Concat(BootScripts.Questions(request))
                    .ToDictionary(question => question.Canonical, _ => Hash),
            };
        }
        catch (FormatException)
        {
            return request;
        }
    }

    private static IEnumerable<string> Scripts(BuildRequest request) => BootScripts.Of(request, NodeConfigs.Of(request)).Values;

    private static MappingNode Config(NodeConfig node) => (MappingNode)YamlReader.Read(node.Content, node.Group).Single().Root;

    private static string Text(NodeConfig node) => Encoding.UTF8.GetString(node.Content.Span);

    private static string Text(ClusterFiles files, FileRole role) =>
        Encoding.UTF8.GetString(files.Files.First(file => file.Role == role).Content.Span);
}
