using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Kops.StateStore.Bundles;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Changes.Moves;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Xunit;
using ZstdSharp;

namespace Kops.StateStore.Tests.Bundles;

/// <summary>The history of a cluster goes along in a bundle.</summary>
public sealed class BundledHistoryTests
{
    private const string Name = "demo.example.com";
    private readonly MoveWorld _world = new();

    [Fact]
    public async Task What_is_imported_has_the_changes_from_before_and_they_can_be_taken_back()
    {
        await ImportAsync(_world, await BundleAsync(_world));
        var to = _world.Process().To;
        var records = await RecordsAsync(to);
        Assert.Equal([$"imported from memfs://old/{Name}", "edit beta", "edit alpha"], records.Select(change => change.Title));
        Assert.Equal([3, 2, 1], records.Select(change => change.Serial));
        Assert.Equal([null, "memfs://old", "memfs://old"], records.Select(change => change.MadeIn));

        var plan = await to.History.PlanUndoAsync((await to.History.FindAsync("2"))!, "undo");
        Assert.True(plan.IsWhole);
        Assert.IsType<ApplyResult.Applied>(await to.ApplyAsync(plan.Changes));
        var config = await _world.NewRoot.Join(Name, "config").ReadTextAsync();
        Assert.Contains("channel: alpha", config, StringComparison.Ordinal);
        Assert.Contains($"keyStore: memfs://new/{Name}/pki", config, StringComparison.Ordinal);
        Assert.DoesNotContain("memfs://old", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_and_applied_last_comes_along()
    {
        var layout = _world.Process().From.LayoutOf(Name);
        await layout.SaidFlags.WriteTextAsync("flags", WriteCondition.Any);
        await layout.AppliedGroups.WriteTextAsync("groups", WriteCondition.Any);
        var there = _world.Process().To.LayoutOf(Name);
        await there.SaidFlags.WriteTextAsync("of an earlier cluster", WriteCondition.Any);
        await ImportAsync(_world, await BundleAsync(_world));
        Assert.Equal("flags", await there.SaidFlags.ReadTextAsync());
        Assert.Equal("groups", await there.AppliedGroups.ReadTextAsync());
    }

    [Fact]
    public async Task A_refused_import_leaves_nothing_of_the_history()
    {
        var bundle = await BundleAsync(_world);
        await _world.NewRoot.Join(Name, "instancegroup/nodes").WriteTextAsync("somebody else's", WriteCondition.Any);
        await Assert.ThrowsAsync<StateStoreException>(() => ImportAsync(_world, bundle));

        // Contents of the change that was not made stay until they are pruned, as those of any.
        Assert.Equal(
            [$"{Name}/instancegroup/nodes"],
            (await KeysAsync(_world.NewRoot)).Where(key => !key.StartsWith(".kops/objects/", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Killed_anywhere_and_run_again_an_import_has_each_change_once()
    {
        var killed = 0;
        for (var calls = 1; ; calls++)
        {
            var world = new MoveWorld();
            var bundle = await BundleAsync(world, backups: 1);
            try
            {
                await ImportAsync(world, bundle, new CrashDriver(world.New, calls, lastCallTakesEffect: calls % 2 == 0));
                break;
            }
            catch (Exception death) when (death is CrashException || death.InnerException is CrashException)
            {
                killed++;
            }

            var to = world.Process().To;
            await to.RecoverAsync(Name);

            // What was unpacked before it died is nobody's: the next cluster of that name must not take it for its own.
            if (await to.ReadAsync(Name) is null)
            {
                Assert.DoesNotContain(await KeysAsync(world.NewRoot), key => key.StartsWith(Name + "/", StringComparison.Ordinal));
                Assert.DoesNotContain(await RecordsAsync(to), change => change.MadeIn is not null);
                await ImportAsync(world, bundle);
            }

            var records = await RecordsAsync(to);
            Assert.Equal(Enumerable.Range(1, records.Count).Reverse(), records.Select(change => change.Serial));
            Assert.Equal(["edit beta", "edit alpha"], records.Where(change => change.MadeIn is not null).Select(change => change.Title));
            Assert.Single(records, change => change is { MadeIn: null, Outcome: ChangeOutcome.Applied });
            foreach (var change in records.Where(change => change.MadeIn is not null))
                Assert.All((await to.History.FindAsync(change.Id))!.Files, file => Assert.NotNull(file.After));
        }

        Assert.InRange(killed, 20, 500);
    }

    [Fact]
    public async Task A_bundle_without_backups_holds_no_content_of_a_file_among_them_and_never_one_of_a_key()
    {
        await _world.PutAsync(Name);
        var from = _world.Process().From;
        var layout = (await from.ReadAsync(Name))!.Layout;
        var changes = new ChangeSetBuilder(layout, "files")
            .Write(StoredFile.Absent(layout.EtcdClusterSpec("main")), "among backups"u8.ToArray())
            .Write(StoredFile.Absent(layout.Secret("x")), "a secret"u8.ToArray(), FileSecrecy.Secret)
            .Write(StoredFile.Absent(layout.KopsVersion), "1.37.0"u8.ToArray());
        Assert.IsType<ApplyResult.Applied>(await from.ApplyAsync(changes.Build()));
        await _world
            .OldRoot.Join(".kops/objects", Name, ContentDigest.Of("a secret"u8.ToArray()))
            .WriteTextAsync("a secret", WriteCondition.Any);
        foreach (var withBackups in new[] { true, false })
        {
            var contents = (await EntriesAsync(await BundleAsync(_world, withBackups: withBackups, put: false)))
                .Where(entry => entry.Name.StartsWith("objects/", StringComparison.Ordinal))
                .Select(entry => Encoding.UTF8.GetString(entry.Bytes))
                .ToArray();
            Assert.Contains("1.37.0", contents);
            Assert.DoesNotContain("a secret", contents);
            Assert.Equal(withBackups, contents.Contains("among backups"));
        }
    }

    public static TheoryData<string, string, string> Hostile =>
        new()
        {
            {
                "history/999999998-20261122T120000Z-01234567.json",
                Record(name: "1234567890123456"),
                "is not the record that its name says"
            },
            { "history/../../x.json", Record(), "is not the record that its name says" },
            { "history/999999998-20261122T120000Z-01234567.json", Record(cluster: "b.example.com"), "speaks of another cluster" },
            { "history/999999998-20261122T120000Z-01234567.json", Record(key: "../../b/config"), "history/" },
            { "history/999999998-20261122T120000Z-01234567.json", Record(outcome: "pending"), "is not the record that its name says" },
            { "history/999999998-20261122T120000Z-01234567.json", "{}", "history/" },
            { "history/000000001-20261122T120000Z-01234567.json", Record(serial: 999_999_998), "is not the record that its name says" },
            { "objects/" + new string('0', 64), "x", "does not hold what its name says" },
            { "objects/../../pending/b.json", "x", "does not hold what its name says" },
            { "applied/../../pending/b.json", "x", "is nothing that a cluster has" },
            { "pending/demo.example.com.json", "x", "is in none of its places" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_history_that_is_not_what_it_says_is_refused_before_anything_is_written(string name, string text, string why)
    {
        var entries = await EntriesAsync(await BundleAsync(_world));
        entries.RemoveAll(entry => entry.Name == "kops-bundle.sha256");
        entries.Add((name, Encoding.UTF8.GetBytes(text)));
        var sums = string.Concat(entries.Select(entry => $"{Convert.ToHexStringLower(SHA256.HashData(entry.Bytes))}  {entry.Name}\n"));
        var refused = await Assert.ThrowsAsync<StateStoreException>(() =>
            ImportAsync(_world, Pack([.. entries, ("kops-bundle.sha256", Encoding.UTF8.GetBytes(sums))]))
        );
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Empty(await KeysAsync(_world.NewRoot));
    }

    [Fact]
    public async Task A_bundle_of_the_first_format_which_knew_no_history_is_imported()
    {
        var entries = await EntriesAsync(await BundleAsync(_world));
        entries.RemoveAll(entry => BundledHistory.Holds(entry.Name) || entry.Name == "kops-bundle.sha256");
        var manifest = Encoding.UTF8.GetString(entries[0].Bytes).Replace("\"format\": 2", "\"format\": 1", StringComparison.Ordinal);
        entries[0] = (entries[0].Name, Encoding.UTF8.GetBytes(manifest));
        var sums = string.Concat(entries.Select(entry => $"{Convert.ToHexStringLower(SHA256.HashData(entry.Bytes))}  {entry.Name}\n"));
        await ImportAsync(_world, Pack([.. entries, ("kops-bundle.sha256", Encoding.UTF8.GetBytes(sums))]));
        Assert.Single(await RecordsAsync(_world.Process().To));
    }

    private static string Record(
        string name = "0123456789abcdef",
        string cluster = Name,
        string key = "config",
        string outcome = "applied",
        int serial = 1
    ) =>
        $$"""
            {"format": 2, "name": "{{name}}{{name}}", "serial": {{serial}}, "cluster": "{{cluster}}", "title": "edit", "user": "a",
             "host": "b", "command": "c", "program": "d", "started": "2026-11-22T12:00:00.000Z", "finished": "2026-11-22T12:00:00.000Z",
             "outcome": "{{outcome}}", "files": [{"change": "delete", "place": "registry", "key": "{{key}}", "secrecy": "plain"}]}
            """;

    private static async Task<byte[]> BundleAsync(MoveWorld world, int backups = 3, bool withBackups = true, bool put = true)
    {
        var from = world.Process().From;
        if (put)
        {
            await world.PutAsync(Name, backups: backups);
            foreach (var channel in new[] { "alpha", "beta" })
            {
                var before = (await from.ReadAsync(Name))!;
                var cluster = before.Cluster.Copy();
                cluster.Spec.Channel = channel;
                var change = from.Change(before, $"edit {channel}").ReplaceCluster(before.Cluster, cluster).Build();
                Assert.IsType<ApplyResult.Applied>(await from.ApplyAsync(change));
            }
        }

        using var bundle = new MemoryStream();
        await BundleWriter.WriteAsync((await from.ReadAsync(Name))!, from.History, bundle, withBackups, [], new TransferMeter());
        return bundle.ToArray();
    }

    private static Task<string> ImportAsync(MoveWorld world, byte[] bundle, IStoreDriver? @new = null) =>
        new BundleReader(world.Process(@new: @new).To).ImportAsync(new MemoryStream(bundle), null, dryRun: false, new TransferMeter());

    private static async Task<IReadOnlyList<ChangeRecord>> RecordsAsync(ClusterStore store) =>
        await store.History.ListAsync(Name).ToListAsync();

    private static async Task<IReadOnlyList<string>> KeysAsync(VfsPath root) =>
        await root.ListTreeAsync().Select(entry => entry.Path.Key).ToListAsync();

    private static async Task<List<(string Name, byte[] Bytes)>> EntriesAsync(byte[] bundle)
    {
        var entries = new List<(string, byte[])>();
        await using var plain = new DecompressionStream(new MemoryStream(bundle));
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var bytes = new MemoryStream();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(bytes);
            entries.Add((entry.Name, bytes.ToArray()));
        }

        return entries;
    }

    private static byte[] Pack(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var bundle = new MemoryStream();
        using (var compressed = new CompressionStream(bundle, leaveOpen: true))
        using (var tar = new TarWriter(compressed, TarEntryFormat.Pax))
        {
            foreach (var (name, bytes) in entries)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }

        return bundle.ToArray();
    }
}
