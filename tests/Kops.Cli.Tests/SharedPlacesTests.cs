using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// A spec can name any place, also that of another cluster, by a slip or since a file was copied. What is another cluster's is never
/// deleted with this one.
/// </summary>
public sealed class SharedPlacesTests : IDisposable
{
    private const string Mine = "n.example.com";
    private const string Theirs = "o.example.com";
    private readonly Desk _desk = new();

    private string Store => _desk.PathOf(".kops/state");

    public static TheoryData<string, string> Places() =>
        new()
        {
            { "spec.keyStore", "" },
            { "spec.keyStore", "/.." },
            { "spec.keyStore", $"/{Theirs}/pki" },
            { "spec.keyStore", $"/{Theirs}" },
            { "spec.secretStore", $"/{Theirs}/secrets" },
            { "spec.configBase", $"/{Theirs}" },
            { "spec.etcdClusters[*].backups.backupStore", $"/{Theirs}/backups/etcd/main" },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_place_that_is_another_clusters_or_the_whole_stores_is_refused(string field, string below)
    {
        await CreateBothAsync();
        var before = DeskClusters.Snapshot(Store);

        var run = await _desk.RunAsync("edit", "cluster", Mine, "--set", $"{field}=file://{Store}{below}");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("(the state store itself|registry of cluster \"o.example.com\"): name a place of its own", run.Error);
        Assert.Equal(before, DeskClusters.Snapshot(Store));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Where_one_is_named_already_deleting_the_cluster_leaves_it(string field, string below)
    {
        await CreateBothAsync();
        await NameAsync(Mine, field, $"file://{Store}{below}");
        var theirs = DeskClusters.Snapshot(Path.Combine(Store, Theirs));

        await _desk.RunAsync("delete", "cluster", Mine, "--yes", "--unregister");

        Assert.Equal(theirs, DeskClusters.Snapshot(Path.Combine(Store, Theirs)));
        Assert.Contains(Theirs, (await DoneAsync("get", "clusters")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_two_clusters_share_stay_when_one_is_deleted_and_that_is_said()
    {
        await CreateBothAsync();
        var keys = $"file://{_desk.PathOf("keys")}";
        foreach (var name in (string[])[Mine, Theirs])
            await DoneAsync("edit", "cluster", name, "--set", $"spec.keyStore={keys}");
        await DoneAsync("update", "cluster", Theirs, "--yes");
        var before = DeskClusters.Snapshot(_desk.PathOf("keys"));

        var run = await DoneAsync("delete", "cluster", Mine, "--yes", "--unregister");

        Assert.NotEmpty(before);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf("keys")));
        Assert.Contains("keyStore of cluster \"o.example.com\": nothing is deleted there", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Mine, (await DoneAsync("get", "clusters")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_in_whose_directory_another_one_keeps_its_keys_is_not_deleted()
    {
        await CreateBothAsync();
        await NameAsync(Mine, "spec.keyStore", $"file://{Store}/{Theirs}/pki");

        var run = await _desk.RunAsync("delete", "cluster", Theirs, "--yes", "--unregister");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the keyStore of cluster \"n.example.com\", is in its directory", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The names are changed in a copied file, and the config base is forgotten.</summary>
    [Fact]
    public async Task A_copied_file_that_still_names_the_others_directory_is_refused()
    {
        await DoneAsync("create", "cluster", Theirs, "--zones", "us-east-1a");
        var yaml = (await DoneAsync("get", Theirs, "-o", "yaml")).Out.Replace(
            $"name: {Theirs}",
            "name: p.example.com",
            StringComparison.Ordinal
        );
        var file = _desk.Write("p.yaml", yaml);

        var run = await _desk.RunAsync("create", "-f", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("spec.configBase", run.Error, StringComparison.Ordinal);
        Assert.Contains("registry of cluster \"o.example.com\": name a place of its own", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private async Task CreateBothAsync()
    {
        foreach (var name in (string[])[Mine, Theirs])
            await DoneAsync("create", "cluster", name, "--zones", "us-east-1a");
        await DoneAsync("update", "cluster", Theirs, "--yes");
    }

    /// <summary>As another program would write it.</summary>
    private async Task NameAsync(string cluster, string field, string place)
    {
        var path = Path.Combine(Store, cluster, "config");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var name = field.Split('.')[^1];
        text = text.Contains($" {name}:", StringComparison.Ordinal)
            ? System.Text.RegularExpressions.Regex.Replace(text, $" {name}: .*", $" {name}: {place}")
            : text.Replace("spec:\n", $"spec:\n  {name}: {place}\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
    }

    private async Task<KopsRun> DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
