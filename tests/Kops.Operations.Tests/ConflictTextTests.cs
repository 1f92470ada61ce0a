using System.Text;
using Kops.Operations.Keypairs;
using Kops.Operations.Secrets;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.Vfs;

namespace Kops.Operations.Tests;

/// <summary>Who meets somebody else's change is told what it was, and no key, certificate or secret along with it.</summary>
public sealed class ConflictTextTests : IAsyncDisposable
{
    private const string Keyset = "kubernetes-ca";
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Of_a_keyset_the_ids_are_told_that_came_and_that_became_primary()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        await session.ApplyAsync(await KeyAsync(session, state, isPrimary: true));
        var (mine, theirs) = (await KeyAsync(session, state), await KeyAsync(session, state, isPrimary: true));
        await session.ApplyAsync(theirs);

        var conflict = await Assert.ThrowsAsync<ChangeConflictException>(() => session.ApplyAsync(mine));

        var keyset = (await state.Keysets.FindAsync(Keyset))!.Keyset;
        var (old, added) = (Assert.Single(keyset.Items, item => item.Id != keyset.PrimaryId).Id, keyset.PrimaryId);
        Assert.EndsWith(
            $"""
             was changed:
                + keys: {added}
                  primary: {old} -> {added}
            Look at that, and run the command again.
            """,
            conflict.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_a_secret_and_of_objects_with_secrets_inside_nothing_is_told_but_that_they_changed()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        await session.ApplyAsync(await SecretAsync("hunter1"));
        var mine = await SecretAsync("hunter2");
        await session.ApplyAsync(await SecretAsync("hunter3"));
        var secret = await Assert.ThrowsAsync<ChangeConflictException>(() => session.ApplyAsync(mine));
        var group = state.InstanceGroups[0].File;
        var withKey = group.Text.Replace("spec:\n", "spec:\n  image: '-----BEGIN RSA PRIVATE KEY-----MIIE'\n", StringComparison.Ordinal);
        var edit = new ChangeSetBuilder(state.Name, "edit").Write(group, "other"u8.ToArray()).Build();
        await group.Path.WriteTextAsync(withKey, WriteCondition.Any);
        var inside = await Assert.ThrowsAsync<ChangeConflictException>(() => session.ApplyAsync(edit));

        Assert.EndsWith(
            "/secrets/dockerconfig was changed\nLook at that, and run the command again.",
            secret.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith($"{group.Path} was changed\nLook at that, and run the command again.", inside.Message, StringComparison.Ordinal);

        Task<ChangeSet> SecretAsync(string value) =>
            CreateSecret.PlanAsync(
                session,
                state,
                "dockerconfig",
                Encoding.UTF8.GetBytes("{\"auths\": {\"x\": {\"auth\": \"" + value + "\"}}}"),
                overwrite: true
            );
    }

    private static async Task<ChangeSet> KeyAsync(ClusterSession session, ClusterState state, bool isPrimary = false) =>
        (await CreateKeypair.PlanAsync(session, state, Keyset, isPrimary)).Single().Changes;
}
