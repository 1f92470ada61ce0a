using System.Text;
using Kops.Build.Addons.Sources;
using Kops.Build.Input;
using Kops.Build.Tests.Samples;
using static Kops.Build.Tests.Addons.SampleSource;

namespace Kops.Build.Tests.Addons;

/// <summary>What is made of a template of the user's source, and what is said when nothing can be.</summary>
public sealed class Manifests_are_made_from_a_source
{
    private readonly SampleCluster _sample = new();

    [Fact]
    public void A_template_sees_the_completed_cluster_by_kOps_names() =>
        Assert.Equal(
            "v1.18.12 vxlan false ::none",
            Data("{{with .Networking.Cilium}}{{.Version}} {{.Tunnel}} {{.Debug}}{{end}} ::{{or .DNSZone \"none\"}}")
        );

    [Fact]
    public void A_pointer_to_false_is_true_and_one_to_nothing_is_not()
    {
        _sample.Cluster.Spec.EnsureNetworking().EnsureCilium().EnsureIngress().EnforceHttps = false;

        Assert.Equal(
            "there",
            Data("{{if .Networking.Cilium.Ingress.EnforceHttps}}there{{end}}{{if .Networking.Cilium.Ingress.EnableSecretsSync}}too{{end}}")
        );
    }

    [Fact]
    public void A_field_that_nobody_knows_is_named_with_its_place() =>
        Assert.Contains(
            "coredns.addons.k8s.io/k8s-1.12.yaml.template:4",
            Failure((Coredns + ".template", Map("{{.Networkin}}"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Two_addons_that_cannot_be_made_are_both_named()
    {
        var failure = Failure((Coredns + ".template", "{{.Nothing}}"), (Controller + ".template", "kind: [\n"));

        Assert.Contains("addon coredns.addons.k8s.io: ", failure, StringComparison.Ordinal);
        Assert.Contains("addon kops-controller.addons.k8s.io: ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_no_template_is_not_rendered() =>
        Assert.Contains("text: '{{ .Nothing }}'", Text(Coredns, Source((Coredns, Map("{{ .Nothing }}")))), StringComparison.Ordinal);

    [Fact]
    public void Objects_keep_their_order_and_parts_of_comments_alone_are_none()
    {
        var text = Text(Coredns, Source((Coredns, "# a\n---\n" + Named("z") + "---\n# nothing\n\n---\r\n" + Named("a"))));

        Assert.True(text.IndexOf("name: z", StringComparison.Ordinal) < text.IndexOf("name: a", StringComparison.Ordinal));
        Assert.Equal(2, text.Split("kind: ConfigMap").Length - 1);
    }

    [Fact]
    public void Every_object_says_which_addon_it_belongs_to()
    {
        var text = Text(Coredns, Source((Coredns, Named("a"))));

        Assert.Contains("addon.kops.k8s.io/name: coredns.addons.k8s.io", text, StringComparison.Ordinal);
        Assert.Contains("app.kubernetes.io/managed-by: kops", text, StringComparison.Ordinal);
        Assert.Contains("k8s-addon: coredns.addons.k8s.io", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_another_addon_is_refused() =>
        Assert.Contains(
            "label k8s-addon of a is 'other'",
            Failure((Coredns, Named("a").Replace("name: a", "name: a\n  labels: {k8s-addon: other}", StringComparison.Ordinal))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Images_are_pulled_from_where_the_cluster_says()
    {
        _sample.Cluster.Spec.EnsureAssets().ContainerRegistry = "mirror.example.com";
        const string Pod =
            "kind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: registry.k8s.io/pause:3}\n"
            + "image: registry.k8s.io/x\n";

        var text = Text(Coredns, Source((Coredns, Pod)));

        Assert.Contains("image: mirror.example.com/pause:3", text, StringComparison.Ordinal);
        Assert.Contains("image: registry.k8s.io/x", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_addon_that_the_source_lacks_is_kept_as_it_lies_in_the_store()
    {
        var kept = Encoding.UTF8.GetBytes(Named("kept"));
        var files = ClusterFiles.Of(
            _sample.Request() with
            {
                AddonSource = Source((Coredns, Named("a"))),
                Addons = new Dictionary<string, ReadOnlyMemory<byte>> { [Controller] = kept },
            }
        );

        var manifest = files.Files.Single(file => file.Role == FileRole.AddonManifest && file.Name == Controller);
        Assert.Equal(kept, manifest.Content.ToArray());
        Assert.Contains(Controller, Text(FileRole.BootstrapChannel, files), StringComparison.Ordinal);
        Assert.Contains(Coredns, Text(FileRole.BootstrapChannel, files), StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_never_ends_is_stopped() =>
        Assert.Contains(
            "coredns",
            Failure((Coredns + ".template", "{{range $i := until 100000000}}{{range until 100000000}}x{{end}}{{end}}")),
            StringComparison.Ordinal
        );

    private static AddonSource Source(params (string Path, string Text)[] files) => Of(files);

    private static string Named(string name) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n";

    private static string Map(string text) => $"apiVersion: v1\nkind: ConfigMap\ndata:\n  text: '{text}'\nmetadata: {{name: a}}\n";

    // What a template writes into a field.
    private string Data(string template)
    {
        var text = Text(Coredns, Source((Coredns + ".template", Map(template))));
        return text.Split('\n').Single(line => line.StartsWith("  text:", StringComparison.Ordinal))["  text:".Length..].Trim(' ', '\'');
    }

    private string Failure(params (string Path, string Text)[] files) => Assert.Throws<FormatException>(() => Files(Source(files))).Message;

    private string Text(string manifest, AddonSource source) =>
        Encoding.UTF8.GetString(
            Assert.Single(Files(source).Files, file => file.Role == FileRole.AddonManifest && file.Name == manifest).Content.Span
        );

    private static string Text(FileRole role, ClusterFiles files) =>
        Encoding.UTF8.GetString(Assert.Single(files.Files, file => file.Role == role).Content.Span);

    private ClusterFiles Files(AddonSource source) => ClusterFiles.Of(_sample.Request() with { AddonSource = source });
}
