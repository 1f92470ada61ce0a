using CsCheck;
using Kops.Operations.Tests.Support;
using Kops.Operations.Transfers;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Tests.Transfers;

/// <summary>A program copies, syncs and compares as the command line does.</summary>
public sealed class CopyFilesTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_copy_agrees_with_its_source_whatever_the_trees_hold() =>
        await Gen.Dictionary(Gen.String[Gen.Char['a', 'e'], 1, 3], Gen.String[Gen.Char['0', '1'], 0, 2])[1, 12]
            .SampleAsync(
                async files =>
                {
                    var (from, to) = (Fresh(), Fresh());
                    foreach (var (name, text) in files)
                        await from.Join(name + ".txt").WriteTextAsync(text, WriteCondition.Any);
                    var meter = new TransferMeter();

                    var result = await CopyFiles.RunAsync(from, to, new TransferOptions { Always = true }, meter);

                    Assert.True(result.Succeeded);
                    Assert.Equal(files.Count, result.Copied);
                    Assert.Equal((files.Count, true), (meter.Copied, meter.IsListed));
                    Assert.Empty(await CompareFiles.RunAsync(from, to, new TransferMeter()));
                },
                iter: 30
            );

    [Fact]
    public async Task A_sync_copies_what_differs_and_deletes_what_is_gone_and_a_dry_run_tells_it_and_does_nothing()
    {
        var (from, to) = (Fresh(), Fresh());
        await from.Join("same").WriteTextAsync("1", WriteCondition.Any);
        await to.Join("same").WriteTextAsync("1", WriteCondition.Any);
        await from.Join("new").WriteTextAsync("2", WriteCondition.Any);
        await to.Join("gone").WriteTextAsync("3", WriteCondition.Any);
        var told = new List<string>();
        var options = new TransferOptions
        {
            Delete = true,
            ByContent = true,
            Concurrency = 1,
            Tell = action => told.Add($"{action.Kind} {action.Key}"),
        };

        await CopyFiles.RunAsync(from, to, options with { DryRun = true }, new TransferMeter());
        var untouched = await Stores.ReadAllAsync(to);
        var result = await CopyFiles.RunAsync(from, to, options, new TransferMeter());

        Assert.Equal(["Create new", "Delete gone", "Create new", "Delete gone"], told);
        Assert.Equal(["/gone", "/same"], untouched.Keys.Order());
        Assert.Equal((1, 1, 1), (result.Copied, result.Deleted, result.Unchanged));
        Assert.Equal(await Stores.ReadAllAsync(from), await Stores.ReadAllAsync(to));
    }

    [Fact]
    public async Task A_file_keeps_its_name_in_a_directory_and_takes_another_elsewhere()
    {
        var (from, to) = (Fresh(), Fresh());
        await from.Join("a").WriteTextAsync("1", WriteCondition.Any);
        var always = new TransferOptions { Always = true };
        var meter = new TransferMeter();

        await CopyFiles.RunAsync(from.Join("a"), to.Join("d"), always, meter, intoDirectory: true);
        await CopyFiles.RunAsync(from.Join("a"), to.Join("b"), always, meter);
        var again = await CopyFiles.RunAsync(from.Join("a"), to.Join("b"), new TransferOptions(), meter);

        Assert.Equal(["/b", "/d/a"], (await Stores.ReadAllAsync(to)).Keys.Order());
        Assert.Equal((0, 1), (again.Copied, again.Unchanged));
        Assert.Equal((3, 2, 1), (meter.Seen, meter.Copied, meter.Unchanged));
    }

    [Fact]
    public async Task Nothing_is_copied_from_nowhere_or_onto_itself()
    {
        var place = Fresh();
        await place.Join("d/a").WriteTextAsync("1", WriteCondition.Any);

        Assert.Equal(OperationErrorKind.NotFound, (await RefusedAsync(place.Join("x"), Fresh())).Kind);
        Assert.Equal(OperationErrorKind.InvalidRequest, (await RefusedAsync(place.Join("d"), place.Join("d/e"))).Kind);
        Assert.Equal(OperationErrorKind.InvalidRequest, (await RefusedAsync(place.Join("d/a"), place.Join("d/a"))).Kind);
    }

    [Fact]
    public async Task Two_trees_and_two_files_are_compared_by_what_they_hold()
    {
        var (first, second) = (Fresh(), Fresh());
        await first.Join("a").WriteTextAsync("1", WriteCondition.Any);
        await first.Join("b").WriteTextAsync("2", WriteCondition.Any);
        await second.Join("b").WriteTextAsync("3", WriteCondition.Any);
        await second.Join("c").WriteTextAsync("4", WriteCondition.Any);

        Assert.Equal(
            [
                new TreeDifference(TreeDifferenceKind.OnlyFirst, "a"),
                new TreeDifference(TreeDifferenceKind.Content, "b"),
                new TreeDifference(TreeDifferenceKind.OnlySecond, "c"),
            ],
            await CompareFiles.RunAsync(first, second, new TransferMeter())
        );
        Assert.Single(await CompareFiles.RunAsync(first.Join("b"), second.Join("b"), new TransferMeter()));
        await Assert.ThrowsAsync<OperationException>(() => CompareFiles.RunAsync(first.Join("x"), second.Join("x"), new TransferMeter()));
    }

    private static Task<OperationException> RefusedAsync(VfsPath from, VfsPath to) =>
        Assert.ThrowsAsync<OperationException>(() => CopyFiles.RunAsync(from, to, new TransferOptions(), new TransferMeter()));

    private VfsPath Fresh() => _stores.At($"memfs://{Guid.NewGuid():N}").Join("p");
}
