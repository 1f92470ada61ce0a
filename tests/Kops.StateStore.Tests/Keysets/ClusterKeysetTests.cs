using Kops.StateStore.Keysets;
using Xunit;

namespace Kops.StateStore.Tests.Keysets;

public sealed class ClusterKeysetTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_primary_is_the_one_that_is_named() =>
        Assert.Equal("2", new ClusterKeyset("x", [Item("2"), Item("10")], "2").Primary!.Id);

    [Theory]
    [InlineData(null)]
    [InlineData("7")]
    [InlineData("11")]
    public void Without_it_or_when_it_is_distrusted_the_newest_trusted_one_is(string? primary) =>
        Assert.Equal("10", new ClusterKeyset("x", [Item("name"), Item("9"), Item("10"), Item("11", Since)], primary).Primary!.Id);

    [Fact]
    public void Without_a_trusted_one_there_is_none() => Assert.Null(new ClusterKeyset("x", [Item("1", Since)], "1").Primary);

    [Fact]
    public void Items_are_ordered_by_number_after_names() =>
        Assert.Equal(
            ["a", "b", "9", "10", "7710986471379306239778108857"],
            new[] { "10", "b", "7710986471379306239778108857", "9", "a" }.Order(KeysetItemOrder.Instance)
        );

    private static KeysetItem Item(string id, DateTimeOffset? distrusted = null) => new(id, "pem"u8.ToArray(), null, distrusted);
}
