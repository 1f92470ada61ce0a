using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Updates;

public sealed class UpdateTests
{
    private readonly World _world = new();

    [Fact]
    public async Task An_update_writes_its_files_and_makes_what_is_missing()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);

        Assert.IsType<ApplyResult.Applied>(await UpdateAsync(store, state));

        Assert.Equal("1.0", await _world.GetAsync("demo.example.com/kops-version.txt"));
        Assert.NotNull((await state.Keysets.FindAsync("kubernetes-ca"))!.Keyset.Primary!.PrivateKeyPem);
        Assert.Matches("^[A-Za-z0-9]{32}$", Encoding.ASCII.GetString((await state.Secrets.FindAsync("admin"))!.Data.Span));
    }

    [Fact]
    public async Task A_plan_names_the_keys_that_would_be_made_and_makes_none()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var keysets = await store.PlanKeysetsAsync(state, ["kubernetes-ca", "service-account"]);
        var content = new UpdateContent { Keysets = keysets, Tokens = ["admin"] };

        var planned = (await ClusterStore.PlanUpdateAsync(state, content, "update"))
            .Files.Where(file => file.Secrecy is FileSecrecy.Secret)
            .ToList();

        Assert.Equal(["keyset.yaml", "keyset.yaml", "admin"], planned.Select(file => file.Path.Name));
        Assert.All(planned, file => Assert.Equal((FileChangeKind.Create, false), (file.Kind, file.IsMade)));
    }

    [Fact]
    public async Task A_keyset_under_an_old_name_is_written_under_its_new_one_and_keeps_its_keys()
    {
        await ClusterExample.PutAsync(_world);
        var old = SelfSignedAuthority.Create("ca", _world.Clock.GetUtcNow());
        var store = _world.Open();
        await store.ApplyAsync(store.Change(await ClusterExample.ReadAsync(store), "keys").CreateKeyset(old).Build());

        await UpdateAsync(store);

        var found = await (await ClusterExample.ReadAsync(store)).Keysets.FindAsync("kubernetes-ca");
        Assert.Equal((false, old.PrimaryId), (found!.IsLegacy, found.Keyset.Primary!.Id));
        Assert.NotNull(await _world.GetAsync("demo.example.com/pki/private/ca/keyset.yaml"));
        Assert.IsType<ApplyResult.Unchanged>(await UpdateAsync(_world.Open()));
    }

    [Fact]
    public async Task The_second_update_changes_nothing_and_writes_nothing()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        await UpdateAsync(_world.Open());
        var before = await _world.StateAsync();
        var driver = new CrashDriver(_world.Memory);

        Assert.IsType<ApplyResult.Unchanged>(await UpdateAsync(_world.Open(driver)));

        Assert.Equal((0, 0), (driver.Writes, driver.Deletes));
        Assert.Equal(before, await _world.StateAsync());
    }

    [Fact]
    public async Task Keys_that_are_there_are_kept_and_one_under_an_old_name_is_taken_over()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var old = SelfSignedAuthority.Create("ca", _world.Clock.GetUtcNow());
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(store.Change(state, "old kOps").CreateKeyset(old).Build()));

        await UpdateAsync(store);

        Assert.Equal(old.PrimaryId, (await state.Keysets.FindAsync("kubernetes-ca"))!.Keyset.PrimaryId);
    }

    [Fact]
    public async Task The_journal_holds_no_private_key_and_no_secret()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        await UpdateAsync(store);

        var key = (await state.Keysets.FindAsync("kubernetes-ca"))!;
        var material = Convert.ToBase64String(key.Keyset.Primary!.PrivateKeyPem!.Value.Span);
        var token = await _world.GetAsync("demo.example.com/secrets/admin");
        Assert.All(
            (await _world.JournalAsync()).Values,
            text =>
            {
                Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
                Assert.DoesNotContain(material[..64], text, StringComparison.Ordinal);
                Assert.DoesNotContain(token!, text, StringComparison.Ordinal);
            }
        );
        Assert.Contains((await _world.JournalAsync()).Values, text => text.Contains(key.File.Sha256!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_of_a_cluster_that_was_edited_meanwhile_is_a_conflict()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(channel: "alpha"));

        var conflict = Assert.IsType<ApplyResult.Conflict>(await UpdateAsync(store, state));

        Assert.Equal("spec.channel", Assert.Single(Assert.Single(conflict.Files).Fields!).Path.ToString());
        Assert.Null(await _world.GetAsync("demo.example.com/kops-version.txt"));
    }

    [Fact]
    public async Task Files_that_are_no_longer_generated_are_deleted_when_asked()
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync("demo.example.com/igconfig/node/gone/nodeupconfig.yaml", "x");
        await _world.PutAsync("demo.example.com/manifests/static/kept.yaml", "x");
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var content = new UpdateContent
        {
            Files = [new(state.Layout.Manifests.Join("static", "kept.yaml"), "x"u8.ToArray())],
            RemoveObsolete = true,
        };

        var changes = await ClusterStore.PlanUpdateAsync(state, content, "update");

        Assert.Equal(
            ("memfs://state/demo.example.com/igconfig/node/gone/nodeupconfig.yaml", FileChangeKind.Delete),
            (Assert.Single(changes.Files).Path.ToString(), changes.Files[0].Kind)
        );
    }

    private static async Task<ApplyResult> UpdateAsync(ClusterStore store, ClusterState? state = null)
    {
        state ??= await ClusterExample.ReadAsync(store);
        var content = new UpdateContent
        {
            Files = [new(state.Layout.KopsVersion, "1.0"u8.ToArray()), new(state.Layout.CompletedSpec, "spec"u8.ToArray())],
            Keysets = await store.PlanKeysetsAsync(state, ["kubernetes-ca"]),
            Tokens = ["admin", "kube"],
        };
        return await store.ApplyAsync(await ClusterStore.PlanUpdateAsync(state, content, "update cluster"));
    }
}
