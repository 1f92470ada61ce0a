using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance.Errors;

/// <summary>
/// What users are told when something is wrong, whatever they did: kind, place and cure, and never a secret. A store's own class says how
/// a store in trouble is opened, which troubles there are, and how they are reported.
/// </summary>
/// <typeparam name="TSelf">The store's own class.</typeparam>
public abstract class StoreErrors<TSelf>
    where TSelf : StoreErrors<TSelf>, IStoreTroubles
{
    /// <summary>The secret that is in no message.</summary>
    protected const string WrongSecret = "bm90LXNvLXNlY3JldA==";

    private static readonly string[] Operations = ["stat", "read", "write", "delete", "list"];

    /// <summary>The test's own token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

#pragma warning disable CA1000 // Each store's own class says which troubles it has.
    public static TheoryData<Trouble, string> Troubles() =>
        new(
            from trouble in Enum.GetValues<Trouble>()
            where trouble is not (Trouble.Unreachable or Trouble.UnknownHost)
            from operation in Operations
            where TSelf.Has(trouble, operation)
            select (trouble, operation)
        );
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Troubles))]
    [InlineData(Trouble.Unreachable, "read")]
    [InlineData(Trouble.UnknownHost, "read")]
    public async Task A_trouble_is_reported_with_its_kind_its_place_and_its_cure(Trouble trouble, string operation)
    {
        var expected = Expect(trouble, operation);
        await using var driver = await OpenAsync(trouble);

        var e = await FailAsync(driver, operation);

        Assert.Equal((expected.Kind, trouble is Trouble.Unreachable or Trouble.UnknownHost), (e.Kind, e.IsTransient));
        Assert.All(expected.Said, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        Assert.StartsWith($"cannot {(operation is "stat" ? "read" : operation)} ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongSecret, e.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Opens a store that has a trouble. It tries again once at most.</summary>
    protected abstract ValueTask<IStoreDriver> OpenAsync(Trouble trouble);

    /// <summary>How a trouble is reported.</summary>
    protected abstract ExpectedError Expect(Trouble trouble, string operation);

    /// <summary>Does what fails.</summary>
    protected static Task<StoreException> FailAsync(IStoreDriver driver, string operation) =>
        Assert.ThrowsAsync<StoreException>(async () =>
            await (
                operation switch
                {
                    "stat" => driver.StatAsync("key", Token).AsTask(),
                    "read" => driver.OpenReadAsync("key", Token).AsTask(),
                    "write" => driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token).AsTask(),
                    "delete" => driver.DeleteAsync("key", WriteCondition.Any, Token).AsTask(),
                    _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
                }
            )
        );
}
