using Kops.Api;
using Kops.Build.Addons;
using Kops.Build.Addons.Sources;
using Kops.Model.Clouds;
using Kops.Operations.Addons;
using Kops.Operations.Clusters;
using Kops.Operations.Events;
using Kops.Operations.Secrets;
using Kops.Operations.Tests.Support;
using Kops.Operations.Updates;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Tests.Addons;

/// <summary>An update makes addons from a source, keeps those of the store, and is refused those that are missing.</summary>
public sealed class Addons_of_an_update : IAsyncLifetime
{
    private const string Controller = "kops-controller.addons.k8s.io/k8s-1.16.yaml";
    private const string Range = "limit-range.addons.k8s.io/v1.5.0.yaml";

    // All that the cluster of these tests has.
    private static readonly string[] Manifests =
    [
        Controller,
        "coredns.addons.k8s.io/k8s-1.12.yaml",
        "kubelet-api.rbac.addons.k8s.io/k8s-1.9.yaml",
        Range,
        "node-termination-handler.aws/k8s-1.11.yaml",
        "storage-aws.addons.k8s.io/v1.15.0.yaml",
        "networking.cilium.io/k8s-1.16-v1.15.yaml",
        "aws-cloud-controller.addons.k8s.io/k8s-1.18.yaml",
        "aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml",
    ];

    private readonly Stores _stores = new();
    private ClusterState _state = null!;

    public async ValueTask InitializeAsync() => _state = await Draft.CreateAsync(Session());

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Those_that_are_missing_are_refused_and_nothing_is_written()
    {
        var before = await Stores.ReadAllAsync(_stores.Root);
        var plan = await PlanAsync(new() { RequiresAddons = true });

        var refused = await Assert.ThrowsAsync<OperationException>(() => UpdateCluster.ApplyAsync(Session(), plan));

        Assert.Equal(Manifests.Select(manifest => manifest.Split('/')[0]), plan.Addons.Missing);
        Assert.All(plan.Addons.Missing, name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
        Assert.Contains("--addons-source", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--without-addons", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
    }

    [Fact]
    public async Task Without_them_everything_else_is_done()
    {
        await UpdateAsync(new() { RequiresAddons = false });

        var files = await Stores.ReadAllAsync(_stores.Root);
        Assert.Contains(files.Keys, file => file.EndsWith("/cluster-completed.spec", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Value.Contains(Range, StringComparison.Ordinal));
        Assert.True((await PlanAsync(new() { RequiresAddons = false })).IsEmpty);
    }

    [Fact]
    public async Task They_are_made_from_the_source_and_kept_without_it()
    {
        var source = Source();
        await UpdateAsync(new() { AddonsSource = source });
        var made = await Stores.ReadAllAsync(_stores.Root);
        Assert.All(
            Manifests,
            manifest => Assert.Contains(made.Keys, file => file.EndsWith("/addons/" + manifest, StringComparison.Ordinal))
        );

        var again = await PlanAsync(new() { AddonsSource = source });
        var kept = await PlanAsync(new());

        Assert.True(again.IsEmpty && kept.IsEmpty);
        Assert.All(
            again.Addons.All.Where(addon => addon.Origin != AddonOrigin.Cluster),
            addon => Assert.Equal(AddonOrigin.Source, addon.Origin)
        );
        Assert.All(
            kept.Addons.All.Where(addon => addon.Origin != AddonOrigin.Cluster),
            addon => Assert.Equal(AddonOrigin.Store, addon.Origin)
        );
    }

    [Fact]
    public async Task One_that_the_source_does_not_have_is_kept_as_it_lies_in_the_store()
    {
        await UpdateAsync(new() { AddonsSource = Source() });

        var plan = await PlanAsync(new() { AddonsSource = Source(files => files.Remove(Range)) });

        Assert.Empty(plan.Changes.Files);
        Assert.Equal(AddonOrigin.Store, plan.Addons.All.Single(addon => addon.Manifest == Range).Origin);
    }

    [Fact]
    public async Task Two_that_fail_do_not_hide_each_other_and_nothing_is_written()
    {
        var before = await Stores.ReadAllAsync(_stores.Root);
        var source = Source(files =>
        {
            files[Controller + ".template"] = Bytes("kind: ConfigMap\nmetadata: {name: '{{ .No.Such.Field }}'}\n");
            files.Remove(Controller);
            files[Range + ".template"] = Bytes("kind: {{ NoSuchFunction }}\n");
            files.Remove(Range);
        });

        var refused = await Assert.ThrowsAsync<OperationException>(() => PlanAsync(new() { AddonsSource = source }));

        Assert.Contains("addon kops-controller.addons.k8s.io", refused.Message, StringComparison.Ordinal);
        Assert.Contains("addon limit-range.addons.k8s.io", refused.Message, StringComparison.Ordinal);
        Assert.Contains("NoSuchFunction", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
    }

    [Theory]
    [InlineData("{{ range $i := until 2000000000 }}x{{ end }}")]
    [InlineData("{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}")]
    [InlineData("{{ repeat 1000000000 \"x\" }}")]
    public async Task A_template_without_end_is_stopped(string template)
    {
        var source = Source(files =>
        {
            files.Remove(Range);
            files[Range + ".template"] = Bytes(template);
        });

        var refused = await Assert.ThrowsAsync<OperationException>(() => PlanAsync(new() { AddonsSource = source }));

        Assert.Contains("addon limit-range.addons.k8s.io", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_of_another_kOps_in_the_store_are_kept_and_told()
    {
        await UpdateAsync(new() { AddonsSource = Source(), Release = "1.34.0" });

        _stores.Told.Clear();
        var plan = await PlanAsync(new());

        Assert.DoesNotContain(plan.Changes.Files, file => Manifests.Any(file.Path.ToString().EndsWith));
        Assert.Contains(
            _stores.Told,
            happened =>
                happened.Message.StartsWith("the manifests of addons in the store are those of kOps 1.34.0", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_key_of_Cilium_is_asked_for_and_stays_out_of_the_history()
    {
        const string Key = "a1b2c3d4e5f6a7b8c9d0";
        await EditAsync(cluster =>
        {
            var cilium = cluster.Spec.EnsureNetworking().EnsureCilium();
            (cilium.EnableEncryption, cilium.EncryptionType) = (true, "ipsec");
        });
        var options = new UpdateOptions
        {
            AddonsSource = Source(files =>
                files["networking.cilium.io/k8s-1.16-v1.15.yaml.template"] = Bytes(
                    "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData:\n  {{ CiliumSecret }}\n"
                )
            ),
        };
        Assert.Contains(
            "kops create secret ciliumpassword",
            (await Assert.ThrowsAsync<OperationException>(() => PlanAsync(options))).Message,
            StringComparison.Ordinal
        );

        var session = Session();
        await session.ApplyAsync(
            await CreateSecret.PlanAsync(session, _state, "ciliumpassword", Bytes($"keys: 3 rfc4106(gcm(aes)) {Key} 128"))
        );
        await UpdateAsync(options);

        var places = new List<string>();
        await foreach (var entry in _stores.Root.ListTreeAsync())
        {
            if ((await entry.Path.ReadTextAsync())!.Contains(Key, StringComparison.Ordinal))
                places.Add(entry.Path.Name);
        }

        Assert.Equal(["k8s-1.16-v1.15.yaml"], places);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static UserSource Source(Action<Dictionary<string, ReadOnlyMemory<byte>>>? change = null)
    {
        var files = Manifests.ToDictionary(
            manifest => manifest,
            manifest => (ReadOnlyMemory<byte>)Bytes($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {manifest.Split('.')[0]}\n")
        );
        files.Remove(Controller);
        files[Controller + ".template"] = Bytes(
            "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: kops-controller}\nspec:\n  template:\n    spec:\n      containers:\n"
                + "      - {name: c, image: 'registry.k8s.io/kops/kops-controller:{{ KopsVersionImageTag }}'}\n"
        );
        change?.Invoke(files);
        return new("/a/source", new string('0', 64), new AddonSource(files));
    }

    private ClusterSession Session() =>
        new(_stores.Open(_stores.Root), TimeProvider.System, "a test")
        {
            Tell = _stores.Told.Add,
            Knowledge = new()
            {
                Facts = () => CloudSnapshot.Load() is var facts ? facts.With("aws", facts.Of("aws") with { Project = "1" }) : facts,
            },
        };

    private async Task<UpdatePlan> PlanAsync(UpdateOptions options)
    {
        var session = Session();
        return await UpdateCluster.PlanAsync(
            session,
            await session.ReadClusterAsync(Stores.Cluster),
            options with
            {
                AllowKopsDowngrade = true,
            }
        );
    }

    private async Task UpdateAsync(UpdateOptions options) => await UpdateCluster.ApplyAsync(Session(), await PlanAsync(options));

    private async Task EditAsync(Action<Cluster> edit)
    {
        var session = Session();
        var changed = new Cluster((Kops.Api.Documents.MappingNode)_state.Cluster.Value.Node.Clone());
        edit(changed);
        await session.ApplyAsync(await EditCluster.PlanAsync(session, _state, changed));
        _state = await session.ReadClusterAsync(Stores.Cluster);
    }
}
