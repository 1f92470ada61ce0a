using Kops.Api.Schema;
using Xunit;

namespace Kops.Api.Tests.Paths;

public sealed class SuggestTests
{
    [Theory]
    [InlineData("maxPod", "maxPods")]
    [InlineData("MAXPODS", "maxPods")]
    [InlineData("mxaPods", "maxPods")]
    [InlineData("chanel", "channel")]
    [InlineData("zone", "zone")]
    [InlineData("entirelyDifferent", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_meant_unless_none_is_near(string typed, string? meant) =>
        Assert.Equal(meant, Suggest.Nearest(typed, ["channel", "maxPods", "zone", "zones"]));

    [Fact]
    public void A_name_that_has_come_while_it_was_looked_for_is_not_guessed_at() =>
        Assert.Equal(string.Empty, Suggest.Hint("channel", ["channel", "maxPods"]));
}
