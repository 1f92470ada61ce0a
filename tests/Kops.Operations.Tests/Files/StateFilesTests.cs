using System.Security.Cryptography;
using System.Text;
using Kops.Operations.Files;
using Kops.Operations.Tests.Support;
using Kops.Vfs;

namespace Kops.Operations.Tests.Files;

/// <summary>A program looks at files as the command line does, in memory and on a disk.</summary>
public sealed class StateFilesTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public static TheoryData<string> Kinds => ["memfs://files", "files"];

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_stands_directly_there_or_anywhere_below_is_listed_by_names_relative_to_the_place(string store)
    {
        var place = await PutAsync(store);

        Assert.Equal(["a", "d/"], await NamesAsync(StateFiles.ListAsync(place, isTree: false)));
        Assert.Equal(["a", "d/b", "d/c"], await NamesAsync(StateFiles.ListAsync(place, isTree: true)));
        Assert.Equal(["b"], await NamesAsync(StateFiles.ListAsync(place.Join("d/b"), isTree: false)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_counted_adds_up_to_what_is_listed(string store)
    {
        var place = await PutAsync(store);

        Assert.Equal([new FileUsage("a", 1, 1), new FileUsage("d/", 2, 5)], await StateFiles.MeasureAsync(place));
        Assert.Equal([new FileUsage("c", 1, 3)], await StateFiles.MeasureAsync(place.Join("d/c")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hashes_are_those_of_the_bytes(string store)
    {
        var place = await PutAsync(store);

        var hashes = await StateFiles.HashAsync(place, HashAlgorithmName.SHA256).ToListAsync();

        Assert.Equal(["a", "d/b", "d/c"], hashes.Select(file => file.Name));
        Assert.Equal(SHA256.HashData("333"u8), hashes[^1].Hash.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_read_and_a_directory_is_refused_with_the_name_of_a_file_in_it(string store)
    {
        var place = await PutAsync(store);

        await using (var reader = await StateFiles.OpenAsync(place.Join("d/b")))
            Assert.Equal("22", await new StreamReader(reader.Content, Encoding.UTF8).ReadToEndAsync());
        var refused = await Assert.ThrowsAsync<OperationException>(() => StateFiles.OpenAsync(place.Join("d")));

        Assert.Equal(OperationErrorKind.NotFound, refused.Kind);
        Assert.Contains($"such as {place.Join("d/b")}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_nothing_stands_is_likely_a_mistake_and_an_empty_store_is_none()
    {
        var store = _stores.At("memfs://empty");

        Assert.Empty(await NamesAsync(StateFiles.ListAsync(store, isTree: true)));
        Assert.Empty(await StateFiles.MeasureAsync(store));
        await RefusedAsync(() => NamesAsync(StateFiles.ListAsync(store.Join("x"), isTree: true)));
        await RefusedAsync(() => StateFiles.MeasureAsync(store.Join("x")));
        await RefusedAsync(async () => await StateFiles.HashAsync(store.Join("x"), HashAlgorithmName.MD5).ToListAsync());
        await RefusedAsync(() => StateFiles.OpenAsync(store.Join("x")));
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_a_store_to_those_alone_who_say_so()
    {
        var store = _stores.At(_stores.PathOf("never-made"));

        Assert.Empty(await NamesAsync(StateFiles.ListAsync(store, isTree: true, mayBeAbsent: true)));
        await RefusedAsync(() => NamesAsync(StateFiles.ListAsync(store, isTree: true)));
    }

    private static async Task RefusedAsync(Func<Task> act) =>
        Assert.Equal(OperationErrorKind.NotFound, (await Assert.ThrowsAsync<OperationException>(act)).Kind);

    private static async Task<List<string>> NamesAsync(IAsyncEnumerable<ListedFile> files) =>
        await files.Select(file => file.Name).ToListAsync();

    private async Task<Kops.Vfs.VfsPath> PutAsync(string store)
    {
        var place = _stores.At(store.Contains("://", StringComparison.Ordinal) ? store : _stores.PathOf(store)).Join("p");
        await place.Join("a").WriteTextAsync("1", WriteCondition.Any);
        await place.Join("d/b").WriteTextAsync("22", WriteCondition.Any);
        await place.Join("d/c").WriteTextAsync("333", WriteCondition.Any);
        return place;
    }
}
