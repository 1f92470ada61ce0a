using System.Text;
using System.Text.RegularExpressions;
using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// What every store must let users do: whole commands, from the first to the last of a cluster's life, with the tree in the store as it
/// would be on a file system. A store's own class says how an empty store is made and what a user sets for it; see CONTRIBUTING.md.
/// </summary>
public abstract partial class StoreCommands : IDisposable
{
    private protected const string Cluster = DeskClusters.Name;
    private readonly Desk _desk = new();

    /// <summary>The test's own token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_lives_and_dies_as_on_a_file_system()
    {
        var store = await CreateAsync();
        // With the same variables, which machines are handed on.
        var beside = new StoreAtHand("file://" + _desk.PathOf("beside"), store.Environment) { Profile = string.Empty };

        foreach (
            var command in (string[])
                [
                    $"create cluster {Cluster} --cloud aws --zones us-east-1a,us-east-1b",
                    "get clusters",
                    $"create instancegroup spare --role node --subnet us-east-1a --edit=false --name {Cluster}",
                    $"get instancegroups --name {Cluster} -o json",
                    $"edit cluster {Cluster} --set spec.kubernetesVersion=1.33.1",
                    $"edit instancegroup spare --name {Cluster} --set spec.maxSize=5",
                    $"get cluster {Cluster} -o yaml",
                    $"get all --name {Cluster} -o yaml",
                    $"update cluster {Cluster} --yes",
                    $"update cluster {Cluster} --yes",
                    $"delete instancegroup spare --name {Cluster} --unregister --yes",
                    $"delete cluster {Cluster} --unregister --yes",
                    "get clusters",
                ]
        )
        {
            var (there, here) = (await RunAsync(store, command), await RunAsync(beside, command));
            Assert.True(there.ExitCode == here.ExitCode, $"kops {command}: {there.ExitCode} and not {here.ExitCode}: {there.Error}");
            Assert.Equal(here.Out, there.Out);
            var (expected, actual) = (await TreeAsync(beside), await TreeAsync(store));
            Assert.Equal(expected.Keys, actual.Keys);
            foreach (var (key, content) in expected.Where(entry => !IsChance(entry.Key) && !NamesTheStore(entry.Key)))
                Assert.True(
                    KeyText.WithoutKeys(content) == KeyText.WithoutKeys(actual[key]),
                    $"kops {command}: {key} differs:\n{actual[key]}\nand not\n{content}"
                );
        }
    }

    [Fact]
    public async Task After_a_move_and_an_update_every_generated_file_names_the_new_store()
    {
        var store = await CreateAsync();
        var old = new StoreAtHand("file://" + _desk.PathOf("old"), store.Environment) { Profile = string.Empty };
        await RunAsync(old, $"create cluster {Cluster} --cloud aws --zones us-east-1a");
        await RunAsync(old, $"update cluster {Cluster} --yes");

        var moved = await RunAsync(old, $"state move {Cluster} --to {store.Address} --yes");
        var updated = await RunAsync(store, $"update cluster {Cluster} --yes");

        Assert.True((moved.ExitCode, updated.ExitCode) == (0, 0), moved.Error + updated.Error);
        var files = (await TreeAsync(store)).Where(file => !file.Key.StartsWith(".kops/", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(files, file => file.Value.Contains(_desk.PathOf("old"), StringComparison.Ordinal));
        foreach (var generated in (string[])["cluster-completed.spec", "manifests/etcd/", "manifests/channels/", "igconfig/control-plane/"])
        {
            var found = files.Where(file => file.Key.StartsWith($"{Cluster}/{generated}", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(found);
            Assert.All(
                found.Where(file => !NamesTheStore(file.Key)),
                file => Assert.Contains($"STORE/{Cluster}", file.Value, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task All_rights_are_tried_and_nothing_is_left_of_it()
    {
        var store = await CreateAsync();
        var empty = await RunAsync(store, "state check");
        await RunAsync(store, $"create cluster {Cluster} --cloud aws --zones us-east-1a");
        var before = await TreeAsync(store);

        var check = await RunAsync(store, "state check");
        var json = await RunAsync(store, $"state check {store.Address} --cluster {Cluster} -o json");

        Assert.Equal((0, 0, 0), (empty.ExitCode, check.ExitCode, json.ExitCode));
        foreach (var right in (string[])["list", "read", "create", "replace", "delete"])
        {
            Assert.Contains($"ok      {right, -8} STORE", check.Out, StringComparison.Ordinal);
            Assert.Contains($"{{\"right\":\"{right}\",\"path\":\"STORE", json.Out, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("MISSING", empty.Out + check.Out, StringComparison.Ordinal);
        Assert.Equal(before, await TreeAsync(store));
    }

    [Fact]
    public async Task Each_request_is_told_with_v_4_and_never_a_secret()
    {
        var store = await CreateAsync();

        var create = await RunAsync(store, $"create cluster {Cluster} --cloud aws --zones us-east-1a -v 4");
        var get = await RunAsync(store, "get clusters -v 10");

        Assert.Equal((0, 0), (create.ExitCode, get.ExitCode));
        Assert.Matches($"put {store.Address}/{Cluster}/config: ok, [0-9]+ bytes, [0-9.]+ ms", create.Error);
        Assert.Matches($"read {store.Address}/{Cluster}/config: ok, [0-9]+ bytes, [0-9.]+ ms", get.Error);
        Assert.Matches($"list {store.Address}/?: ok, [0-9]+ rows, [0-9.]+ ms", get.Error);
        foreach (var secret in store.Secrets)
            Assert.DoesNotContain(secret, create.Out + create.Error + get.Out + get.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("put ", (await RunAsync(store, "get clusters -v 3")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_takes_the_place_of_variables_and_stores_with_and_without_one_meet_in_one_command()
    {
        var store = await CreateAsync();
        _desk.Write(".kops/config", $"stores:\n  {store.Address}:\n{store.Profile}");
        var unset = store with { Environment = store.Environment.ToDictionary(variable => variable.Key, _ => "nonsense") };

        var created = await RunAsync(unset, $"create cluster {Cluster} --cloud aws --zones us-east-1a");
        var listed = await RunAsync(unset, "get clusters");

        Assert.True(created.ExitCode == 0, created.Error);
        Assert.Contains(Cluster, listed.Out, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _desk.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an empty store; skips the test where the machine cannot.</summary>
    protected abstract ValueTask<StoreAtHand> CreateAsync();

    private static string Of(string address, string text) =>
        Time()
            .Replace(text, "TIME")
            .Replace(address, "STORE", StringComparison.Ordinal)
            .Replace(address.Replace("file://", string.Empty, StringComparison.Ordinal), "STORE", StringComparison.Ordinal);

    /// <summary>Whether a file holds what is drawn anew each time: keys, and what is made of them.</summary>
    /// <summary>Whether a file of a machine differs with the kind of store, beyond its address.</summary>
    private protected virtual bool NamesTheStore(string key) => false;

    private static bool IsChance(string key) =>
        key.Contains("/pki/", StringComparison.Ordinal)
        || key.Contains("/secrets/", StringComparison.Ordinal)
        || (key.StartsWith(".kops/", StringComparison.Ordinal) && key is not ".kops/count");

    /// <summary>
    /// The name of a record of a change, and of what was replaced: the time, a number drawn, a digest of what holds the address.
    /// </summary>
    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}|(?<=^.kops/objects/[^/]+/)[0-9a-f]+")]
    private static partial Regex Record();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")]
    private static partial Regex Time();

    /// <summary>Runs a command on a store.</summary>
    private protected async Task<KopsRun> RunAsync(StoreAtHand store, string command)
    {
        _desk.Environment["KOPS_STATE_STORE"] = store.Address;
        foreach (var (name, value) in store.Environment)
            _desk.Environment[name] = value;
        var run = await _desk.RunAsync(command.Split(' '));
        foreach (var name in store.Environment.Keys)
            _desk.Environment.Remove(name);
        return run with { Out = Of(store.Address, run.Out) };
    }

    /// <summary>Writes a cluster's object under other names, too, past all commands.</summary>
    private protected async Task CopyAsync(StoreAtHand store, string cluster, IEnumerable<string> names)
    {
        foreach (var (name, value) in store.Environment)
            _desk.Environment[name] = value;
        await using var stores = _desk.OpenStores();
        var root = stores.Resolve(store.Address);
        var config = (await root.Join(cluster, "config").ReadTextAsync(Token))!;
        foreach (var name in names)
            await root.Join(name, "config")
                .WriteAsync(
                    Encoding.UTF8.GetBytes(config.Replace(cluster, name, StringComparison.Ordinal)),
                    WriteCondition.IfAbsent,
                    Token
                );
        foreach (var name in store.Environment.Keys)
            _desk.Environment.Remove(name);
    }

    private async Task<IReadOnlyDictionary<string, string>> TreeAsync(StoreAtHand store)
    {
        foreach (var (name, value) in store.Environment)
            _desk.Environment[name] = value;
        var (files, count) = (new SortedDictionary<string, string>(StringComparer.Ordinal), 0);
        await using (var stores = _desk.OpenStores())
        {
            var root = stores.Resolve(store.Address);
            await foreach (var entry in root.ListTreeAsync(Token))
            {
                // A record that was given up stands there empty where deletions have no conditions.
                if (entry.Object is { Size: 0 } && entry.Path.Key.Contains(".kops/pending/", StringComparison.Ordinal))
                    continue;
                files[Record().Replace(entry.Path.Key[root.Key.Length..].TrimStart('/'), "RECORD")] = Of(
                    store.Address,
                    (await entry.Path.ReadTextAsync(Token))!
                );
                count++;
            }
        }

        foreach (var name in store.Environment.Keys)
            _desk.Environment.Remove(name);
        files[".kops/count"] = $"{count}";
        return files;
    }
}
