using System.Text.Json.Nodes;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>The history of a cluster goes along wherever the cluster goes, and tells where it came from.</summary>
public sealed class HistoryAlongTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_moved_cluster_has_its_history_its_flags_and_its_machines_and_its_changes_can_be_taken_back()
    {
        var (old, @new) = (_desk.PathOf(".kops/state"), _desk.PathOf("new"));
        await _desk.CreateAsync();
        await DoneAsync("update", "cluster", Name, "--yes");
        await DoneAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        var before = await ChangesAsync(old);
        await DoneAsync("state", "move", Name, "--to", @new, "--yes");

        var after = await ChangesAsync(@new);
        Assert.Equal(
            $"moved from file://{old}/{Name}",
            ((string)after[0]["title"]!).Replace("from /", "from file:///", StringComparison.Ordinal)
        );
        Assert.Equal(before.Select(Id), after.Skip(1).Select(Id));
        Assert.All(after.Skip(1), change => Assert.EndsWith(old, (string)change["madeIn"]!, StringComparison.Ordinal));
        var shown = await DoneAsync("history", "show", Id(after[1]), "--state", @new);
        Assert.Contains($"{old}, from where the cluster has come\n", shown, StringComparison.Ordinal);
        Assert.Contains("spec.channel: stable -> alpha", shown, StringComparison.Ordinal);

        // The flags that made it change nothing once more; the machines of an update keep it from being deleted.
        Assert.Contains("nothing new", (await AgainAsync(@new)).Out + (await AgainAsync(@new)).Error, StringComparison.OrdinalIgnoreCase);
        var delete = await _desk.RunAsync("delete", "cluster", Name, "--yes", "--state", @new);
        Assert.Contains("machines of it may exist", delete.Error, StringComparison.Ordinal);

        await DoneAsync("undo", Id(after[1]), "--yes", "--state", @new);
        Assert.Contains("channel: stable", await File.ReadAllTextAsync($"{@new}/{Name}/config", Token), StringComparison.Ordinal);
        Assert.Contains("channel: alpha", await File.ReadAllTextAsync($"{old}/{Name}/config", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copied_cluster_has_the_history_up_to_the_copy_and_its_own_from_there_on()
    {
        var (old, @new) = (_desk.PathOf(".kops/state"), _desk.PathOf("new"));
        await _desk.CreateAsync();
        await DoneAsync("update", "cluster", Name, "--yes");
        await DoneAsync("state", "copy", Name, $"{@new}/{Name}");
        var copied = await ChangesAsync(@new);
        Assert.EndsWith($"{old}/{Name}", (string)copied[0]["title"]!, StringComparison.Ordinal);
        Assert.StartsWith("copied from ", (string)copied[0]["title"]!, StringComparison.Ordinal);
        Assert.Equal((await ChangesAsync(old)).Select(Id), copied.Skip(1).Select(Id));
        Assert.Equal(["flags.json"], Directory.GetFiles($"{@new}/.kops/applied/{Name}").Select(Path.GetFileName));

        // What was done to the original is not taken back by way of the copy.
        var files = DeskClusters.Snapshot($"{old}/{Name}");
        var undo = await _desk.RunAsync("undo", Id(copied[1]), "--yes", "--state", @new);
        Assert.Equal(3, undo.ExitCode);
        Assert.Contains("is a copy", undo.Error, StringComparison.Ordinal);
        Assert.Equal(files, DeskClusters.Snapshot($"{old}/{Name}"));

        await DoneAsync("edit", "cluster", Name, "--set", $"spec.configBase={@new}/{Name}", "--state", @new);
        Assert.Equal(copied.Count + 1, (await ChangesAsync(@new)).Count);
        Assert.Equal(copied.Count - 1, (await ChangesAsync(old)).Count);
    }

    [Fact]
    public async Task Where_the_history_cannot_go_along_the_files_are_copied_and_it_is_said()
    {
        var @new = _desk.PathOf("new");
        await _desk.CreateAsync();
        _desk.Write($"new/.kops/moves/{Name}.json", "{}");
        var copy = await _desk.RunAsync("state", "copy", Name, $"{@new}/{Name}");
        Assert.Equal(0, copy.ExitCode);
        Assert.Contains("Note: the files are copied, but the history did not go along: ", copy.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{@new}/.kops/pending") && Directory.EnumerateFiles($"{@new}/.kops/pending").Any());
    }

    [Fact]
    public async Task An_imported_cluster_has_the_history_of_the_one_that_was_exported()
    {
        var (old, @new, bundle) = (_desk.PathOf(".kops/state"), _desk.PathOf("new"), _desk.PathOf("demo.tar.zst"));
        await _desk.CreateAsync();
        await DoneAsync("update", "cluster", Name, "--yes");
        await DoneAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        await DoneAsync("state", "export", Name, "-o", bundle);
        await DoneAsync("state", "import", bundle, "--state", @new);

        var after = await ChangesAsync(@new);
        Assert.StartsWith("imported from ", (string)after[0]["title"]!, StringComparison.Ordinal);
        Assert.Equal((await ChangesAsync(old)).Select(Id), after.Skip(1).Select(Id));
        foreach (var file in new[] { "flags.json", "instancegroups.yaml" })
            Assert.Equal(
                await File.ReadAllTextAsync($"{old}/.kops/applied/{Name}/{file}", Token),
                await File.ReadAllTextAsync($"{@new}/.kops/applied/{Name}/{file}", Token)
            );
        await DoneAsync("undo", Id(after[1]), "--yes", "--state", @new);
        Assert.Contains("channel: stable", await File.ReadAllTextAsync($"{@new}/{Name}/config", Token), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Id(JsonNode change) => (string)change["id"]!;

    private Task<KopsRun> AgainAsync(string store) =>
        _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a,us-east-1b", "--state", store);

    private async Task<IReadOnlyList<JsonNode>> ChangesAsync(string store) =>
        [.. (await DoneAsync("history", Name, "-o", "json", "--state", store)).TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!)];

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        return run.Out;
    }
}
