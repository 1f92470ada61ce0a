using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>
/// One place of the file system has many names: relative ones, with dots, through links. Commands on places know it by each.
/// </summary>
public sealed class PlaceNamesTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("./old")]
    [InlineData("link")]
    [InlineData("./x/../old")]
    public async Task A_store_that_is_named_in_another_way_moves_with_all_its_places(string state)
    {
        var (old, @new) = (_desk.PathOf("old"), _desk.PathOf("new"));
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--state", old);
        await DoneAsync("update", "cluster", Name, "--yes", "--state", old);
        Directory.CreateSymbolicLink(_desk.PathOf("link"), old);
        if (state == "link")
            state = _desk.PathOf("link");

        var plan = await DoneAsync("state", "move", Name, "--state", state, "--to", @new);
        Assert.DoesNotContain("stays", plan.Out, StringComparison.Ordinal);
        Assert.Contains($"spec.configBase: {old}/{Name} -> {@new}/{Name}", plan.Out, StringComparison.Ordinal);
        await DoneAsync("state", "move", Name, "--state", state, "--to", @new, "--yes");
        var early = await _desk.RunAsync("state", "move", Name, "--state", state, "--finish", "--yes");
        Assert.Contains("still names", early.Error, StringComparison.Ordinal);

        await DoneAsync("update", "cluster", Name, "--yes", "--state", @new);
        await DoneAsync("state", "move", Name, "--state", old, "--finish", "--yes");
        Assert.Empty(DeskClusters.Snapshot(Path.Combine(old, Name)));
        Assert.All(
            DeskClusters.Snapshot(Path.Combine(@new, Name)).Values,
            text => Assert.DoesNotContain(old, text, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("old/" + Name)]
    [InlineData("link/" + Name)]
    [InlineData("old")]
    [InlineData("link")]
    [InlineData("x/../old")]
    public async Task No_cluster_moves_into_itself(string to)
    {
        var old = _desk.PathOf("old");
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--state", old);
        Directory.CreateSymbolicLink(_desk.PathOf("link"), old);
        var before = DeskClusters.Snapshot(old);

        var run = await _desk.RunAsync("state", "move", Name, "--state", old, "--to", _desk.PathOf(to), "--yes");

        Assert.True(run.ExitCode is ExitCode.Failed or ExitCode.Usage, run.Out + run.Error);
        Assert.Matches("lie within each other|is the state store that", run.Error);
        Assert.Equal(before, DeskClusters.Snapshot(old));
    }

    [Theory]
    [InlineData("./new", "--to ./new: name the state store in full")]
    [InlineData("file://new", "--to file://new: name the state store in full")]
    [InlineData("s3:/bucket", "--to: 's3:/bucket' lacks the '://' after its scheme: write s3://bucket")]
    public async Task The_store_to_move_to_is_named_in_full(string to, string cure)
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("state", "move", Name, "--to", to, "--yes");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tree", "./tree/sub/below")]
    [InlineData("./tree", "tree")]
    [InlineData("tree/sub", "link")]
    [InlineData("link", "tree/sub/below")]
    public async Task Nothing_is_copied_into_itself_and_nothing_deleted_for_it(string from, string to)
    {
        foreach (var name in new[] { "tree/a", "tree/sub/b" })
            _desk.Write(name, name);
        Directory.CreateSymbolicLink(_desk.PathOf("link"), _desk.PathOf("tree"));
        string Named(string place) => place[0] == '.' ? place : _desk.PathOf(place);

        foreach (
            var run in new[]
            {
                await _desk.RunAsync("state", "copy", Named(from), Named(to)),
                await _desk.RunAsync("state", "sync", "--delete", Named(from), Named(to)),
            }
        )
        {
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("lie within each other", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(["a", "sub/b"], DeskClusters.Snapshot(_desk.PathOf("tree")).Keys);
    }

    [Fact]
    public async Task A_file_is_copied_into_a_directory_above_it_and_not_to_itself()
    {
        _desk.Write("tree/sub/b", "b");
        await DoneAsync("state", "copy", _desk.PathOf("tree/sub/b"), _desk.PathOf("tree") + "/");
        Assert.Equal(["b", "sub/b"], DeskClusters.Snapshot(_desk.PathOf("tree")).Keys);

        Assert.Equal(ExitCode.Usage, (await _desk.RunAsync("state", "copy", _desk.PathOf("tree/b"), "./tree/b")).ExitCode);
    }

    private async Task<KopsRun> DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
        return run;
    }
}
