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
}
