using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.SshKeys;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.SshKeys;

public sealed class SshKeyTests
{
    // Fingerprint by: ssh-keygen -l -E md5
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBEy6CcEOj/lSe/85cpp7Lw9wwiyxV2E8v+FjQDMcdSj demo\n";
    private const string Id = "2d:dc:55:f7:2c:88:3c:30:0d:dd:bc:19:01:4c:12:51";

    private readonly World _world = new();

    [Fact]
    public async Task A_key_is_stored_as_given_under_its_fingerprint_without_colons()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);

        await ApplyAsync(store, store.Change(state, "create sshpublickey").AddSshKey(Encoding.ASCII.GetBytes(Key)).Build());

        Assert.Equal(Key, await _world.GetAsync("demo.example.com/pki/ssh/public/admin/2ddc55f72c883c300dddbc19014c1251"));
        var key = Assert.Single(await state.SshKeys.ListAsync());
        Assert.Equal((Id, Key.Trim()), (key.Id, key.PublicKey));
    }

    [Fact]
    public async Task The_same_key_again_is_no_change_and_with_another_comment_replaces_it()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        await ApplyAsync(store, store.Change(state, "add").AddSshKey(Encoding.ASCII.GetBytes(Key)).Build());
        var keys = await state.SshKeys.ListAsync();

        Assert.True(store.Change(state, "add").AddSshKey(Encoding.ASCII.GetBytes(Key), keys).Build().IsEmpty);
        await ApplyAsync(
            store,
            store
                .Change(state, "add")
                .AddSshKey(Encoding.ASCII.GetBytes(Key.Replace("demo", "other", StringComparison.Ordinal)), keys)
                .Build()
        );
        Assert.EndsWith("other", Assert.Single(await state.SshKeys.ListAsync()).PublicKey, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIBEy6CcEOj/lSe/85cpp7Lw9wwiyxV2E8v+FjQDMcdSj")]
    [InlineData("ssh-ed25519 not-base64!")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n")]
    public void What_is_no_public_key_is_refused(string text)
    {
        var error = Assert.Throws<StateStoreException>(() => SshPublicKey.Fingerprint(Encoding.ASCII.GetBytes(text), "id_rsa"));

        Assert.Contains("id_rsa is not an OpenSSH public key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("b3BlbnNzaC1rZXktdjEA", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF" + Key, "byte order mark")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nHUSH\n-----END OPENSSH PRIVATE KEY-----\n", "private key (name the file")]
    [InlineData("# of Ada's laptop\n" + Key, "comment")]
    [InlineData("no-pty,from=\"10.0.0.0/8\" " + Key, "options")]
    [InlineData(Key + Key, "several public keys")]
    [InlineData(Key + "no-pty " + Key, "several public keys")]
    public void What_nodes_would_not_take_is_refused_in_words(string text, string word)
    {
        var error = Assert.Throws<StateStoreException>(() => SshPublicKey.Fingerprint(Encoding.UTF8.GetBytes(text), "id.pub"));

        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_around_a_key_is_no_part_of_it() =>
        Assert.Equal(Id, SshPublicKey.Fingerprint(Encoding.UTF8.GetBytes($"\n  {Key}\n\n"), "id.pub"));

    private static async Task ApplyAsync(ClusterStore store, ChangeSet changes) =>
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));
}
