using Kops.Operations.Access;
using Kops.Operations.Access.Checks;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Memory;

namespace Kops.Operations.Tests.Access;

/// <summary>Which rights are missing on a store that refuses some of them.</summary>
public sealed class StoreCheckTests : IAsyncDisposable
{
    private readonly MemoryStoreDriver _memory = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("list ", "list")]
    [InlineData("read c.example.com/config", "read")]
    [InlineData("write c.example.com/", "replace")]
    [InlineData("delete c.example.com/", "delete")]
    [InlineData("write .kops/", "create replace delete")]
    [InlineData("delete .kops/", "delete")]
    public async Task Each_right_is_missed_where_it_is_missing(string denied, string missing)
    {
        var root = await OpenAsync(denied);

        var rights = await new StoreCheck(root, "c.example.com").RunAsync(AccessMode.Write, Token).ToListAsync(Token);

        Assert.Equal(missing, string.Join(' ', rights.Where(right => !right.IsGranted).Select(right => right.Attempt)));
        Assert.All(
            rights.Where(right => right.Problem is not null),
            right => Assert.Contains("the right to " + denied.Split(' ')[0], right.Problem, StringComparison.Ordinal)
        );
        // What could not be deleted is all that may have stayed, and the cluster is as it was.
        var left = await _memory.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token);
        Assert.Equal(denied is "delete .kops/" ? 2 : 1, left.Count);
        Assert.Equal("spec", (await _memory.ReadAsync("c.example.com/config", Token))!.Text);
    }

    [Theory]
    [InlineData("list elsewhere", "list", "ListFiles")]
    [InlineData("read elsewhere", "read", "ReadBackups")]
    public async Task What_may_not_be_seen_elsewhere_is_missed_though_nothing_is_there(string denied, string right, string statement)
    {
        var root = await OpenAsync(string.Empty);
        var elsewhere = new Store("memfs://e", new DenyingStore(_memory, denied)).Root.Join("elsewhere");

        var missing = await new StoreCheck(root, "c.example.com")
        {
            Places = [new ClusterPlace(ClusterPlaceRole.Backups, elsewhere, "main")],
        }
            .RunAsync(AccessMode.Read, Token)
            .Where(each => !each.IsGranted)
            .ToListAsync(Token);

        Assert.Equal([(right, statement)], missing.Select(each => (each.Attempt, each.Need.Name)));
    }

    [Theory]
    [InlineData(AccessMode.Read, "")]
    [InlineData(AccessMode.Write, "PublishDiscovery")]
    public async Task Discovery_documents_are_tried_by_those_alone_who_publish_them(AccessMode mode, string missed)
    {
        var root = await OpenAsync(string.Empty);
        var published = new Store("memfs://e", new DenyingStore(_memory, "read published")).Root.Join("published");

        var rights = await new StoreCheck(root, "c.example.com") { Places = [new ClusterPlace(ClusterPlaceRole.Discovery, published)] }
            .RunAsync(mode, Token)
            .ToListAsync(Token);

        Assert.Equal(missed, string.Join(' ', rights.Where(right => !right.IsGranted).Select(right => right.Need.Name)));
    }

    [Theory]
    [InlineData(AccessMode.Read)]
    [InlineData(AccessMode.Write)]
    [InlineData(AccessMode.Node)]
    public async Task What_is_tried_is_what_policies_for_the_same_mode_give(AccessMode mode)
    {
        var root = await OpenAsync(string.Empty);
        var elsewhere = new Store("memfs://e", new DenyingStore(_memory, string.Empty)).Root;
        ClusterPlace[] places =
        [
            new(ClusterPlaceRole.KeyStore, elsewhere.Join("keys")),
            new(ClusterPlaceRole.Backups, elsewhere.Join("backups"), "main"),
            new(ClusterPlaceRole.Discovery, elsewhere.Join("published")),
        ];

        var rights = await new StoreCheck(root, "c.example.com") { Places = places }
            .RunAsync(mode, Token)
            .ToListAsync(Token);

        Assert.All(
            rights,
            right =>
            {
                Assert.Contains(mode, right.Need.Modes);
                Assert.Contains(right.Right, right.Need.Rights);
            }
        );
    }

    [Theory]
    [InlineData(StoreErrorKind.Unavailable)]
    [InlineData(StoreErrorKind.Unauthenticated)]
    public async Task A_server_that_cannot_be_asked_misses_no_rights(StoreErrorKind kind)
    {
        await OpenAsync(string.Empty);
        var root = new Store("memfs://t", new DenyingStore(_memory, "read ", kind)).Root;

        var trouble = await Assert.ThrowsAsync<StoreException>(async () =>
            await new StoreCheck(root, "c.example.com").RunAsync(AccessMode.Write, Token).ToListAsync(Token)
        );

        Assert.Equal(kind, trouble.Kind);
    }

    [Fact]
    public async Task Who_only_looks_writes_nothing_to_find_it_out()
    {
        var root = await OpenAsync("write ");

        var rights = await new StoreCheck(root, null).RunAsync(AccessMode.Read, Token).ToListAsync(Token);

        Assert.Equal(
            ["list memfs://t", "read memfs://t/c.example.com/config"],
            rights.Where(right => right.IsGranted).Select(right => $"{right.Attempt} {right.Path}")
        );
        Assert.Equal(2, rights.Count);
    }

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    private async Task<VfsPath> OpenAsync(string denied)
    {
        await _memory.PutAsync("c.example.com/config", ObjectBody.FromBytes("spec"u8.ToArray()), WriteCondition.Any, Token);
        return new Store("memfs://t", new DenyingStore(_memory, denied)).Root;
    }

    /// <summary>Refuses one thing below a prefix, as a server with a policy would.</summary>
    private sealed class DenyingStore(IStoreDriver inner, string denied, StoreErrorKind kind = StoreErrorKind.PermissionDenied)
        : StoreLayer(inner)
    {
        public override StoreCapabilities Capabilities => base.Capabilities with { ClusterReadable = true };

        public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
        {
            Refuse("read", key);
            return base.OpenReadAsync(key, cancellationToken);
        }

        public override ValueTask<WriteOutcome> PutAsync(
            string key,
            ObjectBody body,
            WriteCondition condition,
            CancellationToken cancellationToken
        )
        {
            Refuse("write", key);
            return base.PutAsync(key, body, condition, cancellationToken);
        }

        public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
        {
            Refuse("delete", key);
            return base.DeleteAsync(key, condition, cancellationToken);
        }

        public override IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken)
        {
            Refuse("list", prefix);
            return base.ListAsync(prefix, depth, cancellationToken);
        }

        private void Refuse(string operation, string key)
        {
            if (denied.Length > 0 && $"{operation} {key}".StartsWith(denied, StringComparison.Ordinal))
                throw new StoreException(kind, operation, key, "you need the right to " + operation);
        }
    }
}
