using CsCheck;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>A listing comes in the order of UTF-8, in whichever order the server tells it.</summary>
public sealed class Utf8OrderTests
{
    private static readonly string[] Parts = ["a", "b", "z", "é", "\ud7ff", "\ue000", "\uff5e", "😀", "𐀀", "/x"];

    private static readonly Gen<string> Key = Gen.Int[0, Parts.Length - 1]
        .Select(i => Parts[i])
        .Array[1, 5]
        .Select(parts => string.Concat(parts))
        .Where(key => ObjectKey.Validate(key) is null);

    [Fact]
    public Task Rows_in_the_order_of_UTF16_come_out_in_that_of_UTF8() =>
        Key.HashSet[0, 30].SampleAsync(keys => AssertAsync(keys, StringComparer.Ordinal.Compare));

    [Fact]
    public Task Rows_in_the_order_of_UTF8_stay_so() => Key.HashSet[0, 30].SampleAsync(keys => AssertAsync(keys, ObjectKey.Compare));

    [Fact]
    public async Task Rows_without_such_characters_are_not_held_back()
    {
        var told = 0;
        var rows = Rows(["a", "b", "😀"], () => told++);

        await foreach (var row in Utf8Order.SortAsync(rows, TestContext.Current.CancellationToken))
        {
            Assert.Equal(("a", 1), (row.Key, told));
            break;
        }
    }

    private static async Task AssertAsync(HashSet<string> keys, Comparison<string> order)
    {
        var rows = Rows(keys.Order(Comparer<string>.Create(order)));

        var sorted = await Utf8Order.SortAsync(rows, CancellationToken.None).Select(row => row.Key).ToListAsync();

        Assert.Equal(keys.Order(Comparer<string>.Create(ObjectKey.Compare)), sorted);
    }

    private static IAsyncEnumerable<ListEntry> Rows(IEnumerable<string> keys, Action? told = null) =>
        keys.ToAsyncEnumerable()
            .Select(key =>
            {
                told?.Invoke();
                return new ListEntry(key, null);
            });
}
