using System.Text;
using Kops.Api.Validation;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Memory;

namespace Kops.StateStore.Tests.Support;

/// <summary>A store in memory, and processes that use it, each through its own driver.</summary>
internal sealed class World
{
    public World()
    {
        Memory = new MemoryStoreDriver(Clock);
        Root = new Store("memfs://state", Memory).Root;
    }

    public ManualClock Clock { get; } = new();

    public MemoryStoreDriver Memory { get; }

    /// <summary>The store as no process sees it: never dies, never counts.</summary>
    public VfsPath Root { get; }

    /// <summary>A process's view of the state.</summary>
    public ClusterStore Open(
        IStoreDriver? driver = null,
        string user = "alice",
        IProcessProbe? probe = null,
        JournalOptions? options = null,
        ValidationOptions? rules = null
    )
    {
        var root = new Store("memfs://state", driver ?? Memory).Root;
        var stores = new StoreRegistry().Add(
            "memfs",
            path => path.Length > "memfs://state".Length ? root.Join(path["memfs://state/".Length..]) : root
        );
        return new ClusterStore(
            root,
            stores,
            Clock,
            new ChangeAuthor(user, "host", "kops test", "kops 0"),
            probe,
            options ?? new JournalOptions { Poll = TimeSpan.FromMilliseconds(2) }
        )
        {
            // What these tests are about are files, not clusters that work.
            Rules = rules,
        };
    }

    /// <summary>Settles what is pending, in a process that has waited for long enough.</summary>
    public async Task<IReadOnlyList<RecoveredChange>> RecoverAsync(IStoreDriver? driver = null, IProcessProbe? probe = null) =>
        await Open(driver, "bob", probe, new JournalOptions { Lease = TimeSpan.Zero }).RecoverAllAsync();

    /// <summary>Writes a file from outside, as kOps or an editor would.</summary>
    public async Task PutAsync(string key, string text) => await Root.Join(key).WriteTextAsync(text, WriteCondition.Any);

    public async Task<string?> GetAsync(string key) => await Root.Join(key).ReadTextAsync();

    /// <summary>Every file but the journal's: what a change is about.</summary>
    public Task<Dictionary<string, string>> StateAsync() => FilesAsync(key => !key.StartsWith(".kops/", StringComparison.Ordinal));

    /// <summary>The journal's files.</summary>
    public Task<Dictionary<string, string>> JournalAsync() => FilesAsync(key => key.StartsWith(".kops/", StringComparison.Ordinal));

    private async Task<Dictionary<string, string>> FilesAsync(Func<string, bool> which)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in Root.ListTreeAsync())
        {
            if (which(entry.Path.Key))
                files[entry.Path.Key] = Encoding.UTF8.GetString((await entry.Path.ReadAsync())!.Bytes.Span);
        }

        return files;
    }
}
