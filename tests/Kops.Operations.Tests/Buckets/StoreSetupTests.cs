using Kops.Operations.Buckets;
using Kops.Operations.Tests.Support;
using Kops.Vfs.Setup;

namespace Kops.Operations.Tests.Buckets;

/// <summary>A program makes a store as the command line does.</summary>
public sealed class StoreSetupTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Nothing_is_made_until_it_is_told_to_and_a_second_run_finds_all_of_it()
    {
        var place = _stores.At(_stores.PathOf("state"));

        var plan = await StoreSetup.Of(place, new BucketWishes(), []).RunAsync(apply: false).ToListAsync();
        var wasThere = Directory.Exists(_stores.PathOf("state"));
        await StoreSetup.Of(place, new BucketWishes(), []).RunAsync(apply: true).ToListAsync();
        var again = await StoreSetup.Of(place, new BucketWishes(), []).RunAsync(apply: true).ToListAsync();

        Assert.Contains(plan, step => step.Outcome is SetupOutcome.WouldSet);
        Assert.False(wasThere);
        Assert.DoesNotContain(again, step => step.Outcome is SetupOutcome.Set or SetupOutcome.WouldSet or SetupOutcome.Failed);
    }

    [Fact]
    public void What_cannot_be_set_up_or_left_out_is_refused()
    {
        var refused = Assert.Throws<OperationException>(() => StoreSetup.Of(_stores.Root, new BucketWishes(), []));
        var unknown = Assert.Throws<OperationException>(() =>
            StoreSetup.Of(_stores.At(_stores.PathOf("state")), new BucketWishes(), ["paint"])
        );

        Assert.Equal((OperationErrorKind.InvalidRequest, OperationErrorKind.InvalidRequest), (refused.Kind, unknown.Kind));
        Assert.Contains("'paint'", unknown.Message, StringComparison.Ordinal);
    }
}
