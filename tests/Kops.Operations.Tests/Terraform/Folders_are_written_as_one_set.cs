using System.Security.Cryptography;
using System.Text;
using Kops.Operations.Terraform.Folders;

namespace Kops.Operations.Tests.Terraform;

/// <summary>Whatever a killed run left behind, the next one makes whole of it, and no file of others is lost.</summary>
public sealed class Folders_are_written_as_one_set : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("kops-out-").FullName, "out");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task What_a_killed_run_moved_already_is_ours_and_is_written_on()
    {
        await WriteAsync(("data/a", "1"), ("data/b", "1"));
        // A run that wants both changed is killed between its two moves.
        Write(".kops-new/data/b", "2");
        Write(".kops-new/.kops.sha256", Hashes(("data/a", "2"), ("data/b", "2")));
        Write("data/a", "2");

        var plan = await PlanAsync(("data/a", "3"), ("data/b", "3"));
        await ApplyAsync(plan);

        Assert.Empty(plan.Of(FolderFileState.Foreign));
        Assert.Equal([".kops.sha256", "data/a", "data/b"], Files());
        Assert.Equal("3", await File.ReadAllTextAsync(Path.Combine(_folder, "data/a"), Token));
    }

    [Fact]
    public async Task A_run_that_is_killed_before_it_moves_changes_nothing()
    {
        await WriteAsync(("data/a", "1"));
        Write(".kops-new/data/a", "2");

        var plan = await PlanAsync(("data/a", "1"));

        Assert.False(plan.HasChanges);
    }

    [Fact]
    public async Task Files_that_cannot_be_made_ready_leave_the_set_as_it_was()
    {
        await WriteAsync(("data/a", "1"));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        var plan = await PlanAsync(("data/a", "2"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StagedFolder.PrepareAsync(plan, stopped.Token));

        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(_folder, "data/a"), Token));
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_goes_unless_somebody_changed_it()
    {
        await WriteAsync(("data/a", "1"), ("data/b", "1"));
        Write("data/b", "mine");

        var plan = await PlanAsync();
        await ApplyAsync(plan);

        Assert.Equal(["data/b"], plan.Of(FolderFileState.Left).Select(file => file.Path));
        Assert.Equal([".kops.sha256", "data/b"], Files());
    }

    [Fact]
    public async Task A_file_that_was_there_before_is_not_ours_even_on_the_first_run()
    {
        Write("data/a", "theirs");

        Assert.Equal(["data/a"], (await PlanAsync(("data/a", "1"))).Of(FolderFileState.Foreign).Select(file => file.Path));
    }

    [Fact]
    public async Task A_record_that_names_a_file_elsewhere_reaches_none()
    {
        Write("../other", "1");
        Write(".kops.sha256", Hashes(("../other", "1")));

        Assert.Empty((await PlanAsync()).Files);
    }

    [Fact]
    public async Task What_lies_elsewhere_is_never_written()
    {
        var failure = await Assert.ThrowsAsync<OperationException>(() => PlanAsync(("data/../../other", "1")));

        Assert.Equal("'data/../../other' does not lie within the folder that is written", failure.Message);
    }

    [Fact]
    public async Task Of_two_who_write_at_once_one_is_told_to_try_again()
    {
        var plan = await PlanAsync(("data/a", "1"));
        using (await StagedFolder.PrepareAsync(plan, Token))
        {
            var failure = await Assert.ThrowsAsync<OperationException>(() => StagedFolder.PrepareAsync(plan, Token));

            Assert.Equal(OperationErrorKind.Conflict, failure.Kind);
            Assert.Equal($"somebody else writes into {_folder} just now; nothing was written, try again", failure.Message);
        }

        await ApplyAsync(plan);
        Assert.Equal([".kops.sha256", "data/a"], Files());
    }

    [Fact]
    public async Task What_is_made_ready_and_not_wanted_after_all_leaves_nothing()
    {
        await WriteAsync(("data/a", "1"));

        (await StagedFolder.PrepareAsync(await PlanAsync(("data/a", "2")), Token)).Dispose();

        Assert.Equal([".kops.sha256", "data/a"], Files());
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(_folder, "data/a"), Token));
    }

    [Fact]
    public async Task A_link_leads_where_it_did()
    {
        Write("../elsewhere", "1");
        Write(".kops.sha256", Hashes(("a", "1")));
        File.CreateSymbolicLink(Path.Combine(_folder, "a"), "../elsewhere");

        await WriteAsync(("a", "2"));

        Assert.Equal("../elsewhere", new FileInfo(Path.Combine(_folder, "a")).LinkTarget);
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(_folder, "../elsewhere"), Token));
    }

    [Theory]
    [InlineData("kubernetes.tf/x", "'{0}/kubernetes.tf' is a folder, and a file is needed there")]
    [InlineData("data", "'{0}/data' is a file, and a folder is needed there; --out names another one")]
    public async Task What_stands_in_the_way_is_named_before_anything_is_written(string there, string expected)
    {
        Write(there, "theirs");

        var failure = await Assert.ThrowsAsync<OperationException>(() => PlanAsync(("data/a", "1"), ("kubernetes.tf", "1")));

        Assert.Equal(string.Format(null, expected, _folder), failure.Message);
    }

    [Fact]
    public async Task A_folder_without_a_name_is_none()
    {
        var failure = await Assert.ThrowsAsync<OperationException>(() => OutputFolder.PlanAsync(" ", [], Token));

        Assert.Equal("--out is empty; name a folder to write into", failure.Message);
    }

    [Fact]
    public async Task The_record_is_what_sha256sum_checks()
    {
        await WriteAsync(("data/a", "1"));

        Assert.Equal(Hashes(("data/a", "1")), await File.ReadAllTextAsync(Path.Combine(_folder, ".kops.sha256"), Token));
    }

    private static string Hashes(params (string Path, string Text)[] files) =>
        string.Concat(
            files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))}  {file.Path}\n")
        );

    private Task<FolderPlan> PlanAsync(params (string Path, string Text)[] files) =>
        OutputFolder.PlanAsync(_folder, [.. files.Select(file => new FolderContent(file.Path, Encoding.UTF8.GetBytes(file.Text)))], Token);

    private static async Task ApplyAsync(FolderPlan plan)
    {
        using var staged = await StagedFolder.PrepareAsync(plan, Token);
        staged.MoveIntoPlace();
    }

    private async Task WriteAsync(params (string Path, string Text)[] files) => await ApplyAsync(await PlanAsync(files));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private IEnumerable<string> Files() =>
        Directory
            .GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file))
            .Order(StringComparer.Ordinal);
}
