using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>
/// Records that somebody planted who may write one cluster's files. Each is named in one line that steers no terminal, nothing outside of
/// the cluster's places is touched, and nobody else's cluster is affected.
/// </summary>
public sealed class HostileRecordTests : IDisposable
{
    private const string Cluster = "demo.example.com";
    private const string Other = "other.example.com";
    private const string Pending = $".kops/pending/{Cluster}.json";
    private const string Escape = "\\u001b[2J";
    private static readonly string Digest = new('a', 64);

    private static readonly string Valid = $$"""
        {
          "format": 2,
          "name": "0123456789abcdef0123456789abcdef",
          "serial": 42,
          "cluster": "{{Cluster}}",
          "title": "edit cluster",
          "user": "alice",
          "host": "laptop",
          "command": "kops edit cluster",
          "program": "kops 0.1.0",
          "started": "2026-11-22T12:00:00.000Z",
          "outcome": "pending",
          "begun": true,
          "decision": "finish",
          "lease": { "holder": "bob@host", "machine": "boot/ns", "processId": 7, "processStarted": "123", "token": "f00", "beat": 3 },
          "files": [
            { "change": "replace", "place": "registry", "key": "config", "secrecy": "plain", "beforeSha256": "{{Digest}}",
              "afterSha256": "{{Digest}}" },
            { "change": "delete", "place": "keyStore", "key": "private/x/keyset.yaml", "secrecy": "secret" }
          ],
          "remaining": []
        }
        """;

    private readonly MemoryStoreDriver _memory = new(TimeProvider.System);
    private readonly MemoryStoreDriver _outside = new(TimeProvider.System);
    private readonly DirectoryInfo _local = Directory.CreateTempSubdirectory("kops-hostile-");
    private readonly List<string> _touched = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What is wrong with a file that is to be a record: what stands there in place of what.</summary>
    public static TheoryData<string, string, string> Invalid() =>
        new()
        {
            { "half of it", Valid, "{\"format\": 2," },
            { "null", Valid, "null" },
            { "a list", Valid, "[]" },
            { "a text", Valid, "\"record\"" },
            { "a number", Valid, "2" },
            { "an empty object", Valid, "{}" },
            { "YAML", Valid, "format: 2" },
            { "a page of a proxy", Valid, "<html><body>sign in</body></html>" },
            { "lists within lists", Valid, new string('[', 100_000) },
            { "objects within objects", "\"remaining\": []", "\"remaining\": " + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) },
            { "a comment", "\"format\": 2,", "\"format\": 2, // or 3" },
            { "no format", "\"format\": 2,", "" },
            { "the first format", "\"format\": 2", "\"format\": 1" },
            { "a later format", "\"format\": 2", "\"format\": 3" },
            { "a format in words", "\"format\": 2", "\"format\": \"2\"" },
            { "half a format", "\"format\": 2", "\"format\": 2.5" },
            { "a format beyond all numbers", "\"format\": 2", "\"format\": 99999999999999999999" },
            { "two formats", "\"format\": 2", "\"format\": 2, \"format\": 2" },
            { "an unknown field", "\"format\": 2", "\"format\": 2, \"run\": \"rm -rf /\"" },
            { "an unknown field that steers", "\"format\": 2", $"\"format\": 2, \"{Escape}\": 1" },
            { "no name", "\"name\": \"0123456789abcdef0123456789abcdef\",", "" },
            { "a short name", "0123456789abcdef0123456789abcdef", "0123" },
            { "a name in capitals", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF" },
            { "a name that is a path", "0123456789abcdef0123456789abcdef", "../../../../../../../../etc/pass" },
            { "number 0", "\"serial\": 42", "\"serial\": 0" },
            { "a number below 0", "\"serial\": 42", "\"serial\": -1" },
            { "a number beyond all", "\"serial\": 42", "\"serial\": 1999999999" },
            { "a number in words", "\"serial\": 42", "\"serial\": \"42\"" },
            { "another cluster", $"\"cluster\": \"{Cluster}\"", $"\"cluster\": \"{Other}\"" },
            { "another cluster's path", $"\"cluster\": \"{Cluster}\"", "\"cluster\": \"../other.example.com\"" },
            { "no cluster", $"\"cluster\": \"{Cluster}\"", "\"cluster\": null" },
            { "a title that is a number", "\"edit cluster\"", "7" },
            { "a title that steers", "\"edit cluster\"", $"\"{Escape}\"" },
            { "a title of two lines", "\"edit cluster\"", "\"edit\\ncluster\"" },
            { "a title that turns around", "\"edit cluster\"", "\"\\u202etide\"" },
            { "a user that steers", "\"alice\"", "\"\\u009b2J\"" },
            { "a title without an end", "\"edit cluster\"", "\"" + new string('x', 100_000) + "\"" },
            { "half a character", "\"edit cluster\"", "\"\\ud800\"" },
            { "no host", "\"laptop\"", "null" },
            { "a time in words", "2026-11-22T12:00:00.000Z", "yesterday" },
            { "a time elsewhere", "2026-11-22T12:00:00.000Z", "2026-11-22T12:00:00.000+02:00" },
            { "a time beyond all", "2026-11-22T12:00:00.000Z", "99999-11-22T12:00:00.000Z" },
            { "an unknown outcome", "\"pending\"", "\"lost\"" },
            { "an outcome by number", "\"pending\"", "\"1\"" },
            { "an end without a time", "\"pending\"", "\"applied\"" },
            { "begun in words", "\"begun\": true", "\"begun\": \"true\"" },
            { "not begun", "\"begun\": true", "\"begun\": false" },
            { "an unknown decision", "\"finish\"", "\"delete\"" },
            { "a lease in words", "\"lease\": {", "\"lease\": \"mine\", \"other\": {" },
            { "a lease without a token", "\"token\": \"f00\", ", "" },
            { "a lease until 2036", "\"beat\": 3", "\"beat\": 3, \"expires\": \"2036-01-01T00:00:00.000Z\"" },
            { "a beat below 0", "\"beat\": 3", "\"beat\": -3" },
            { "a holder that steers", "bob@host", $"bob{Escape}" },
            { "files that are none", "\"files\": [", "\"files\": null, \"others\": [" },
            { "files that are texts", "\"files\": [", "\"files\": [ \"config\"," },
            { "an unknown change", "\"change\": \"replace\"", "\"change\": \"run\"" },
            { "a place that is a path", "\"place\": \"registry\"", "\"place\": \"/etc\"" },
            { "a place that is an address", "\"place\": \"registry\"", "\"place\": \"file:///root\"" },
            { "a place above", "\"place\": \"registry\"", "\"place\": \"..\"" },
            { "an address beside the place", "\"place\": \"registry\"", "\"place\": \"registry\", \"store\": \"memfs://outside\"" },
            { "a key above", "\"key\": \"config\"", "\"key\": \"../other.example.com/config\"" },
            { "a key above by a detour", "\"key\": \"config\"", "\"key\": \"a/../../other.example.com/config\"" },
            { "a key from the root", "\"key\": \"config\"", "\"key\": \"/etc/passwd\"" },
            { "no key", "\"key\": \"config\"", "\"key\": \"\"" },
            { "a key without a name", "\"key\": \"config\"", "\"key\": \"a//b\"" },
            { "a key that steers", "\"key\": \"config\"", $"\"key\": \"{Escape}\"" },
            { "a short digest", $"\"beforeSha256\": \"{Digest}\"", "\"beforeSha256\": \"aa\"" },
            { "a digest that is a path", $"\"afterSha256\": \"{Digest}\"", $"\"afterSha256\": \"../{Other}/{new string('a', 43)}\"" },
            { "something before what is created", "\"change\": \"replace\"", "\"change\": \"create\"" },
            { "nothing before what is replaced", $"\"beforeSha256\": \"{Digest}\",", "" },
            { "something after what is deleted", "\"change\": \"replace\"", "\"change\": \"delete\"" },
            { "a backup that is replaced", "\"secrecy\": \"plain\"", "\"secrecy\": \"opaque\"" },
            {
                "one file twice",
                "\"place\": \"keyStore\", \"key\": \"private/x/keyset.yaml\"",
                "\"place\": \"registry\", \"key\": \"config\""
            },
            { "what remains in numbers", "\"remaining\": []", "\"remaining\": [7]" },
            { "what remains that steers", "\"remaining\": []", $"\"remaining\": [\"{Escape}\"]" },
        };

    /// <summary>
    /// Records of the right form that reach for what is not their cluster's: the spec that they bring along, and the place.
    /// </summary>
    public static TheoryData<string, string, string, string> Reaching() =>
        new()
        {
            { $"configBase: memfs://state/{Other}", "configBase", "config", "another cluster's directory" },
            { $"configBase: memfs://state/{Other}/{Cluster}", "configBase", "config", "a directory in another cluster's" },
            { $"keyStore: memfs://state/{Other}/pki", "keyStore", "private/ca/keyset.yaml", "another cluster's keys" },
            { $"secretStore: memfs://state/{Other}/secrets", "secretStore", "admin", "another cluster's secrets" },
            { "configBase: memfs://state", "configBase", $"{Other}/config", "the root of the store" },
            { "keyStore: memfs://state/.kops", "keyStore", $"history/{Other}/1.json", "the records" },
            { $"keyStore: memfs://state/.kops/history/{Cluster}", "keyStore", "1.json", "the records under its own name" },
            { "configBase: memfs://outside", "configBase", "a", "another store" },
            { "configBase: memfs://outside/b", "configBase", "c", "a directory in another store" },
            { $"configBase: memfs://outside/x{Cluster}", "configBase", "c", "a directory that is called nearly like the cluster" },
            { $"configBase: file://LOCAL/{Cluster}", "configBase", "a", "the local file system" },
            { $"configBase: LOCAL/{Cluster}", "configBase", "a", "the local file system without a scheme" },
            { $"keyStore: memfs://outside/{Cluster}/../b", "keyStore", "c", "a directory by a detour" },
            { "serviceAccountIssuerDiscovery: {discoveryStore: memfs://outside/b}", "discoveryStore", "c", "what is published" },
        };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_record_that_is_none_is_named_in_one_line_and_harms_nobody_else(string what, string from, string to)
    {
        Assert.Contains(from, Valid, StringComparison.Ordinal);
        await PrepareAsync();
        await PlantAsync(Valid.Replace(from, to, StringComparison.Ordinal));
        var before = await StatesAsync();

        var listed = Assert.Single(await Open().ListPendingAsync(Token));
        var settled = (await Open().RecoverAsync(Cluster, Token))!;
        var refused = await Assert.ThrowsAsync<StateStoreException>(async () => await Open().ApplyAsync(await ChangeAsync(Cluster), Token));
        AssertTouchedOnly(Cluster);
        _touched.Clear();
        var other = await Open().ApplyAsync(await ChangeAsync(Other), Token);

        foreach (var error in (Exception?[])[listed.Error, settled.Error, refused])
        {
            Assert.NotNull(error);
            Assert.Contains(Pending, error.Message, StringComparison.Ordinal);
            Assert.True(error.Message.Length < 600 && Kops.Api.Values.PlainText.Is(error.Message), $"{what}: {error.Message}");
        }

        Assert.Equal((RecoveryResult.Failed, RecoveryResult.Failed), (listed.Result, settled.Result));
        Assert.IsType<ApplyResult.Applied>(other);
        AssertTouchedOnly(Other);
        Assert.Equal(before[Cluster], (await StatesAsync())[Cluster]);
    }

    [Theory]
    [MemberData(nameof(Reaching))]
    public async Task A_record_reaches_only_the_places_of_its_cluster(string spec, string place, string key, string what)
    {
        await PrepareAsync();
        var config = $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: Cluster
            metadata:
              name: {Cluster}
            spec:
              {spec.Replace("LOCAL", _local.FullName, StringComparison.Ordinal)}

            """;
        var bytes = Encoding.UTF8.GetBytes(config);
        var sha256 = ContentDigest.Of(bytes);
        await Root.Join($".kops/objects/{Cluster}/{sha256}").WriteAsync(bytes, WriteCondition.Any, Token);
        await Root.Join(Cluster, "config").WriteAsync(bytes, WriteCondition.Any, Token);

        // Deleting, creating and replacing there, each decided and confirmed as if it were half done.
        var planted = Valid
            .Replace(Digest, sha256, StringComparison.Ordinal)
            .Replace(
                "\"change\": \"delete\", \"place\": \"keyStore\", \"key\": \"private/x/keyset.yaml\"",
                $"\"change\": \"delete\", \"place\": \"{place}\", \"key\": \"{key}\"",
                StringComparison.Ordinal
            );
        var before = await StatesAsync();
        foreach (var decision in (string[])["finish", "undo"])
        {
            await PlantAsync(planted.Replace("\"finish\"", $"\"{decision}\"", StringComparison.Ordinal));

            var settled = await Open().RecoverAsync(Cluster, Token);

            Assert.True(settled!.Result is RecoveryResult.Finished or RecoveryResult.Undone, $"{what}: {settled.Error}");
            Assert.Contains(settled.Record!.Remaining, left => left.EndsWith(key, StringComparison.Ordinal));
            AssertTouchedOnly(Cluster);
            Assert.Equal(before, await StatesAsync());
        }
    }

    [Fact]
    public async Task A_record_whose_numbers_are_at_their_ends_is_settled_like_any_other()
    {
        await PrepareAsync();
        await PlantAsync(
            Valid
                .Replace("\"serial\": 42", "\"serial\": 999999999", StringComparison.Ordinal)
                .Replace("\"beat\": 3", $"\"beat\": {int.MaxValue}", StringComparison.Ordinal)
        );

        var settled = (await Open().RecoverAsync(Cluster, Token))!;

        Assert.Null(settled.Error);
        Assert.Equal(1, settled.Record!.Serial);
        Assert.IsType<ApplyResult.Applied>(await Open().ApplyAsync(await ChangeAsync(Cluster), Token));
        Assert.Equal(2, (await Open().History.ListNamesAsync(Cluster, Token))[0].Serial);
    }

    [Fact]
    public async Task A_record_as_large_as_no_record_is_not_read()
    {
        await PrepareAsync();
        await Root.Join(Pending).WriteAsync(new byte[(32 << 20) + 1], WriteCondition.Any, Token);

        var settled = (await Open().RecoverAsync(Cluster, Token))!;

        Assert.Equal(RecoveryResult.Failed, settled.Result);
        Assert.Contains("bytes, which no record has", settled.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_among_the_records_whose_name_is_no_clusters_is_named_and_hides_no_other()
    {
        await PrepareAsync();
        foreach (var name in (string[])["..json", ".kops.json", "x\u009b2J.json"])
            await _memory.PutAsync($".kops/pending/{name}", ObjectBody.FromBytes("{}"u8.ToArray()), WriteCondition.Any, Token);
        await PlantAsync(Valid);

        var found = await Open().ListPendingAsync(Token);

        Assert.Equal(3, found.Count(change => change.Result is RecoveryResult.Failed));
        Assert.Single(found, change => change.Cluster == Cluster && change.Record is not null);
        Assert.All(found, change => Assert.True(Kops.Api.Values.PlainText.Is(change.Cluster + change.Error?.Message)));
    }

    [Fact]
    public async Task A_kept_content_that_is_not_what_its_name_says_is_not_used()
    {
        await PrepareAsync();
        await Root.Join($".kops/objects/{Cluster}/{Digest}").WriteTextAsync("planted", WriteCondition.Any, Token);
        var before = await StatesAsync();
        await PlantAsync(Valid);

        await Open().RecoverAsync(Cluster, Token);

        Assert.Equal(before, await StatesAsync());
    }

    public void Dispose() => _local.Delete(recursive: true);

    private VfsPath Root => new Store("memfs://state", _memory).Root;

    /// <summary>A process that has waited for long enough, in stores that note each write.</summary>
    private ClusterStore Open()
    {
        var state = new Store("memfs://state", Noting("state", _memory)).Root;
        var outside = new Store("memfs://outside", Noting("outside", _outside)).Root;
        var stores = new StoreRegistry().AddStandardStores(TimeProvider.System, _local.FullName);
        stores = new StoreRegistry()
            .Add(
                "memfs",
                path =>
                    path.StartsWith("memfs://outside", StringComparison.Ordinal)
                        ? Below(outside, path["memfs://outside".Length..])
                        : Below(state, path["memfs://state".Length..])
            )
            .Add("file", stores.Resolve);
        return new ClusterStore(
            state,
            stores,
            TimeProvider.System,
            new ChangeAuthor("victim", "host", "kops test", "kops 0"),
            null,
            new JournalOptions { Lease = TimeSpan.Zero, Poll = TimeSpan.FromMilliseconds(1) }
        );

        static VfsPath Below(VfsPath root, string key) => key.Trim('/') is { Length: > 0 } below ? root.Join(below) : root;
    }

    private CrashDriver Noting(string store, IStoreDriver driver) =>
        new(driver)
        {
            BeforeWrite = key =>
            {
                lock (_touched)
                    _touched.Add($"{store}/{key}");
                return Task.CompletedTask;
            },
        };

    private async Task PrepareAsync()
    {
        foreach (var cluster in (string[])[Cluster, Other])
        {
            foreach (var key in (string[])["config", "pki/private/ca/keyset.yaml", "secrets/admin", $"{Cluster}/config"])
                await Root.Join(cluster, key).WriteTextAsync($"{key} of {cluster}", WriteCondition.Any, Token);
            await Root.Join($".kops/history/{cluster}/1.json").WriteTextAsync("a record", WriteCondition.Any, Token);
        }

        foreach (var key in (string[])["a", "b/c", $"x{Cluster}/c"])
            await new Store("memfs://outside", _outside).Root.Join(key).WriteTextAsync("outside", WriteCondition.Any, Token);
        Directory.CreateDirectory(Path.Combine(_local.FullName, Cluster));
        await File.WriteAllTextAsync(Path.Combine(_local.FullName, Cluster, "a"), "local", Token);
    }

    private async Task PlantAsync(string record) => await Root.Join(Pending).WriteTextAsync(record, WriteCondition.Any, Token);

    private async Task<ChangeSet> ChangeAsync(string cluster)
    {
        var root = Open().Root;
        var read = await StoredFile.ReadAsync(root.Join(cluster, "addons/new.yaml"), Token);
        return new ChangeSetBuilder(cluster, "a change").Write(read, Encoding.UTF8.GetBytes("new")).Build();
    }

    private void AssertTouchedOnly(string cluster) =>
        Assert.All(
            _touched,
            key =>
                Assert.Matches(
                    $"^state/({cluster}/|\\.kops/(history|objects)/{cluster}/|\\.kops/pending/{cluster}\\.json$)".Replace(
                        ".example",
                        "\\.example",
                        StringComparison.Ordinal
                    ),
                    key
                )
        );

    /// <summary>All files of each cluster, of the other store and of the local directory.</summary>
    private async Task<Dictionary<string, string>> StatesAsync()
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["local"] = string.Join(
                '\n',
                Directory.GetFiles(_local.FullName, "*", SearchOption.AllDirectories).Order().Select(file => file + File.ReadAllText(file))
            ),
            ["outside"] = await TextAsync(new Store("memfs://outside", _outside).Root),
        };
        foreach (var cluster in (string[])[Cluster, Other])
            states[cluster] = await TextAsync(Root.Join(cluster));
        return states;

        static async Task<string> TextAsync(VfsPath path)
        {
            var text = new StringBuilder();
            await foreach (var entry in path.ListTreeAsync(Token))
                text.Append(entry.Path.Key).Append('=').Append(await entry.Path.ReadTextAsync(Token)).Append('\n');
            return text.ToString();
        }
    }
}
