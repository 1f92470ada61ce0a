using Kops.Operations.Review;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Operations.Tests.Review;

/// <summary>A program brings clusters into a directory for review, and what was edited there back.</summary>
public sealed class ReviewTests : IAsyncDisposable
{
    private const string Group = $"{Stores.Cluster}/instancegroups/nodes.yaml";
    private readonly Stores _stores = new();

    private ReviewDirectory Directory => new(_stores.PathOf("review"));

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task What_was_edited_is_pushed_as_one_change_and_nothing_is_left_to_push()
    {
        await PullAsync();
        await File.WriteAllTextAsync(Directory.PathOf(Group), Stores.Group(size: 3));

        var session = _stores.Begin();
        var push = await PushClusters.PlanAsync(session, Directory);
        var cluster = Assert.Single(push.Clusters);
        Assert.Equal("nodes.yaml", Path.GetFileName(Assert.Single(cluster.Edited).Name));
        await PushClusters.ApplyAsync(session, push, cluster);

        Assert.Empty((await PushClusters.PlanAsync(session, Directory)).Clusters);
        var stored = await _stores.Root.Join(Stores.Cluster, "instancegroup", "nodes").ReadTextAsync();
        Assert.Contains("maxSize: 3", stored, StringComparison.Ordinal);
        Assert.Equal(stored, await File.ReadAllTextAsync(Directory.PathOf(Group)));
        Assert.Single(await session.State.History.ListAsync(Stores.Cluster).ToListAsync());
    }

    [Fact]
    public async Task A_push_that_was_killed_once_it_was_made_is_known_again()
    {
        await PullAsync();
        await File.WriteAllTextAsync(Directory.PathOf(Group), Stores.Group(size: 3));
        var dying = new ClusterSession(_stores.Open(_stores.Root), TimeProvider.System, "a test")
        {
            AfterChange = _ => throw new InvalidOperationException("the process is dead"),
        };
        var push = await PushClusters.PlanAsync(dying, Directory);
        await Assert.ThrowsAsync<InvalidOperationException>(() => PushClusters.ApplyAsync(dying, push, push.Clusters[0]));

        var session = _stores.Begin();
        var again = await PushClusters.PlanAsync(session, Directory);
        await PushClusters.ApplyAsync(session, again, Assert.Single(again.Clusters));
        Assert.True(again.Clusters[0].Changes.IsEmpty);
        Assert.Empty((await PushClusters.PlanAsync(session, Directory)).Clusters);
        Assert.Single(await session.State.History.ListAsync(Stores.Cluster).ToListAsync());
        Assert.DoesNotContain("pushing", await File.ReadAllTextAsync(Directory.PathOf(PullRecord.FileName)), StringComparison.Ordinal);

        // What somebody else makes of it is none of that push.
        await File.WriteAllTextAsync(Directory.PathOf(Group), Stores.Group(size: 5));
        await _stores.Root.Join(Stores.Cluster, "instancegroup", "nodes").WriteTextAsync(Stores.Group(size: 4), WriteCondition.Any);
        await Assert.ThrowsAsync<OperationException>(() => PushClusters.PlanAsync(_stores.Begin(), Directory));
    }

    [Fact]
    public async Task What_both_sides_changed_stops_pushing_and_pulling_alike()
    {
        await PullAsync();
        await File.WriteAllTextAsync(Directory.PathOf(Group), Stores.Group(size: 3));
        await _stores.Root.Join(Stores.Cluster, "instancegroup", "nodes").WriteTextAsync(Stores.Group(size: 4), WriteCondition.Any);

        var push = await Assert.ThrowsAsync<OperationException>(() => PushClusters.PlanAsync(_stores.Begin(), Directory));
        var pull = await Assert.ThrowsAsync<OperationException>(() => PullAsync());

        Assert.Equal((OperationErrorKind.Conflict, OperationErrorKind.Conflict), (push.Kind, pull.Kind));
        Assert.Contains("spec.maxSize", push.Message, StringComparison.Ordinal);
        Assert.Equal(Stores.Group(size: 3), await File.ReadAllTextAsync(Directory.PathOf(Group)));
    }

    [Fact]
    public async Task A_directory_that_was_never_pulled_or_from_elsewhere_is_not_pushed()
    {
        await PullAsync();
        var never = new ReviewDirectory(_stores.PathOf("never"));

        Assert.Equal(
            OperationErrorKind.NotFound,
            (await Assert.ThrowsAsync<OperationException>(() => PushClusters.PlanAsync(_stores.Begin(), never))).Kind
        );
        Assert.Equal(
            OperationErrorKind.Failed,
            (
                await Assert.ThrowsAsync<OperationException>(() =>
                    PushClusters.PlanAsync(_stores.Begin(_stores.At("memfs://elsewhere")), Directory)
                )
            ).Kind
        );
    }

    [Fact]
    public async Task Keys_and_secrets_stay_away_unless_somebody_is_named_who_opens_them()
    {
        var (plain, unsealed) = await PullAsync();
        using var identity = AgeIdentity.Create();
        var (_, first) = await PullAsync(new PullRequest { Recipients = [identity.Recipient] });
        var (_, second) = await PullAsync();

        Assert.DoesNotContain(plain.Items, item => item.Name.Contains("private", StringComparison.Ordinal));
        Assert.Null(unsealed);
        Assert.Equal(new SealedFiles(2, 2).Written, first!.Written);
        Assert.Equal((0, 2), (second!.Written, second.Total));
        Assert.All(
            System.IO.Directory.GetFiles(Directory.Path, "*.age", SearchOption.AllDirectories),
            file => Assert.StartsWith("age-encryption.org/v1", File.ReadAllText(file), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_secret_among_the_additional_objects_is_told_of()
    {
        await _stores.PutClusterAsync();
        var addons = _stores.Root.Join(Stores.Cluster, "clusteraddons", "default");
        await addons.WriteTextAsync("apiVersion: v1\nkind: ConfigMap\n", WriteCondition.Any);
        await PullAsync();
        Assert.Empty(_stores.Told);

        await addons.WriteTextAsync("{apiVersion: v1, kind: Secret}\n", WriteCondition.Any);
        await PullAsync();

        Assert.Contains("addons.yaml holds a Secret", Assert.Single(_stores.Told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_a_service_is_asked_once_to_encrypt_the_key_of_the_directory()
    {
        var asked = new List<string>();
        var request = new PullRequest
        {
            Key = "the key",
            Encrypt = (key, _, _) =>
            {
                asked.Add(key);
                return Task.FromResult("sealed"u8.ToArray());
            },
        };

        var (_, first) = await PullAsync(request);
        var (_, second) = await PullAsync(request with { Key = null });
        var refused = await Assert.ThrowsAsync<OperationException>(() => PullAsync(new PullRequest { Key = PullRequest.NoKey }));

        Assert.Equal(["the key"], asked);
        Assert.Equal(("the key", null), (first!.MadeKeyFor, second!.MadeKeyFor));
        Assert.Equal(OperationErrorKind.InvalidRequest, refused.Kind);
    }

    private async Task<(PulledClusters Pulled, SealedFiles? Sealed)> PullAsync(PullRequest? request = null)
    {
        if (await _stores.Root.Join(Stores.Cluster, "config").StatAsync() is null)
            await _stores.PutClusterAsync();
        var pulled = await PullClusters.RunAsync(_stores.Begin(), Directory, request ?? new PullRequest());
        return (pulled, await SealFiles.RunAsync(pulled));
    }
}
