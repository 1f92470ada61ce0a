using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Keysets;

public sealed class KeysetFileTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_keyset_is_written_in_kops_form_and_read_back()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var keyset = new ClusterKeyset(
            "ca",
            [new KeysetItem("10", "cert10"u8.ToArray(), "key10"u8.ToArray()), new KeysetItem("9", "cert9"u8.ToArray(), null, since)],
            "10"
        );

        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(store.Change(state, "keys").CreateKeyset(keyset).Build()));

        Assert.Equal(
            """
            apiVersion: kops.k8s.io/v1alpha2
            kind: Keyset
            metadata:
              name: ca
            spec:
              keys:
              - distrustTimestamp: "2026-01-02T03:04:05Z"
                id: "9"
                publicMaterial: Y2VydDk=
              - id: "10"
                privateMaterial: a2V5MTA=
                publicMaterial: Y2VydDEw
              primaryId: "10"
              type: Keypair

            """,
            await _world.GetAsync("demo.example.com/pki/private/ca/keyset.yaml")
        );
        var read = await state.Keysets.FindAsync("ca");
        Assert.Equal(["9", "10"], read!.Keyset.Items.Select(item => item.Id));
        Assert.Equal(since, read.Keyset.Items[0].Distrusted);
        Assert.Equal([false, true], read.Keyset.Items.Select(item => item.HasPrivateKey));
        Assert.Equal("cert10", Encoding.ASCII.GetString(read.Keyset.Primary!.CertificatePem.Span));
        Assert.Equal("cert10", Encoding.ASCII.GetString(read.Keyset.TrustBundle()));
        Assert.False(read.IsLegacy);
    }

    [Theory]
    [InlineData("apiVersion: kops.k8s.io/v1alpha2\nkind: HUSHHUSH\nmetadata:\n  name: ca\n")]
    [InlineData("apiVersion: kops.k8s.io/v1alpha2\nkind: Keyset\nspec:\n  keys:\n  - privateMaterial: *HUSHHUSH\n")]
    [InlineData("apiVersion: HUSHHUSH\nkind: Keyset\n")]
    [InlineData("apiVersion: kops.k8s.io/v1alpha2\nkind: Keyset\nspec: HUSHHUSH\n")]
    public async Task An_error_about_a_damaged_keyset_quotes_nothing_of_it(string text)
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync("demo.example.com/pki/private/ca/keyset.yaml", text);
        var state = await ClusterExample.ReadAsync(_world.Open());

        var error = await Assert.ThrowsAsync<Kops.Api.InvalidObjectException>(() => state.Keysets.FindAsync("ca"));

        Assert.Contains("ca/keyset.yaml", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("HUSH", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyset_under_an_old_name_is_found_under_its_new_one()
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync("demo.example.com/pki/private/master/keyset.yaml", Text("master"));
        var state = await ClusterExample.ReadAsync(_world.Open());

        var listed = Assert.Single((await state.Keysets.ListAsync()).Keysets);

        Assert.Equal(("service-account", true), (listed.Name, listed.IsLegacy));
        Assert.True((await state.Keysets.FindAsync("service-account"))!.IsLegacy);
        Assert.Null(await state.Keysets.FindAsync("kubernetes-ca"));
    }

    [Fact]
    public async Task A_broken_keyset_is_reported_without_its_content_and_hides_no_other()
    {
        await ClusterExample.PutAsync(_world);
        await _world.PutAsync("demo.example.com/pki/private/a/keyset.yaml", Text("a"));
        await _world.PutAsync(
            "demo.example.com/pki/private/b/keyset.yaml",
            Text("b").Replace("YQ==", "!PRIVATE!", StringComparison.Ordinal)
        );
        var state = await ClusterExample.ReadAsync(_world.Open());

        var listing = await state.Keysets.ListAsync();

        Assert.Equal("a", Assert.Single(listing.Keysets).Name);
        var error = Assert.Single(listing.Unreadable).Error.Message;
        Assert.Contains("pki/private/b/keyset.yaml", error, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyset_whose_primary_key_cannot_sign_is_not_written()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var changes = store.Change(await ClusterExample.ReadAsync(store), "keys");

        Assert.Throws<StateStoreException>(() =>
            changes.CreateKeyset(new ClusterKeyset("ca", [new KeysetItem("1", "c"u8.ToArray(), null)], "1"))
        );
        Assert.Throws<StateStoreException>(() =>
            changes.CreateKeyset(new ClusterKeyset("ca", [new KeysetItem("1", "c"u8.ToArray(), "k"u8.ToArray())], "2"))
        );
        Assert.Throws<StateStoreException>(() => changes.CreateKeyset(new ClusterKeyset("ca", [], null)));
    }

    private static string Text(string name) =>
        $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: Keyset
            metadata:
              name: {name}
            spec:
              keys:
              - id: "1"
                privateMaterial: YQ==
                publicMaterial: YQ==
              primaryId: "1"
              type: Keypair

            """;
}
