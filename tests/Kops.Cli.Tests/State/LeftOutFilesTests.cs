using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>Links below a store are not followed; commands that do without what they lead to say so.</summary>
public sealed class LeftOutFilesTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_copy_and_its_verification_name_the_link_that_they_leave_out()
    {
        foreach (var file in new[] { "one/a", "one/sub/b", "elsewhere" })
            _desk.Write(file, file);
        File.CreateSymbolicLink(_desk.PathOf("one/sub/link"), _desk.PathOf("elsewhere"));
        var (one, two) = (_desk.PathOf("one"), _desk.PathOf("two"));
        var note =
            $"Note: {one}/sub/link is a symbolic link, which a store does not follow below its root, and was left out; put the file or "
            + $"directory itself there\n";

        foreach (var command in new[] { "copy", "sync", "verify" })
        {
            var run = await _desk.RunAsync("state", command, one, two);
            Assert.Equal((ExitCode.Done, note), (run.ExitCode, run.Error));
            Assert.DoesNotContain("Note", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(["a", "sub/b"], DeskClusters.Snapshot(two).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_links_are_counted_at_the_end_of_the_command()
    {
        _desk.Write("one/a", "a");
        for (var i = 0; i < 7; i++)
            File.CreateSymbolicLink(_desk.PathOf($"one/link{i}"), "a");

        var notes = (await _desk.RunAsync("state", "copy", _desk.PathOf("one"), _desk.PathOf("two"))).Error.TrimEnd().Split('\n');

        Assert.Equal((6, "Note: and 2 more were left out"), (notes.Length, notes[^1]));
    }

    [Fact]
    public async Task A_linked_instance_group_and_a_linked_cluster_are_named_where_they_are_not_shown()
    {
        var cluster = await _desk.CreateAsync();
        var group = $"{cluster}/instancegroup/nodes-us-east-1a";
        File.Move(group, _desk.PathOf("group"));
        File.CreateSymbolicLink(group, _desk.PathOf("group"));
        Directory.CreateSymbolicLink(_desk.PathOf(".kops/state/linked.example.com"), cluster);

        var groups = await _desk.RunAsync("get", "ig", "--name", DeskClusters.Name);
        var clusters = await _desk.RunAsync("get", "clusters");

        Assert.Equal((0, 0), (groups.ExitCode, clusters.ExitCode));
        Assert.DoesNotContain("nodes-us-east-1a", groups.Out, StringComparison.Ordinal);
        Assert.Contains($"Note: {group} is a symbolic link", groups.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("linked.example.com", clusters.Out, StringComparison.Ordinal);
        Assert.Contains("/linked.example.com is a symbolic link", clusters.Error, StringComparison.Ordinal);
    }
}
