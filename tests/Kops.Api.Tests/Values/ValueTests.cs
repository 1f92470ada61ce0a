using Kops.Api.Values;
using Xunit;

namespace Kops.Api.Tests.Values;

/// <summary>The canonical texts of values, by the rules of Go and of Kubernetes.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("100m", "100m")]
    [InlineData("0.5", "500m")]
    [InlineData("1500m", "1500m")]
    [InlineData("1000m", "1")]
    [InlineData("1000", "1k")]
    [InlineData("1100", "1100")]
    [InlineData("12000", "12k")]
    [InlineData("2048Ki", "2Mi")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("0.5Gi", "512Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512Ki", "512Ki")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("5e0", "5")]
    [InlineData("1E", "1E")]
    [InlineData("-2Gi", "-2Gi")]
    [InlineData("+1", "1")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("100E", "9223372036854775807")]
    [InlineData("", null)]
    [InlineData("Gi", null)]
    [InlineData("1 Gi", null)]
    [InlineData("1gi", null)]
    [InlineData("1.2.3", null)]
    [InlineData("--1", null)]
    public void A_quantity_has_one_text(string text, string? canonical) => Assert.Equal(canonical, Quantity.Canonical(text));

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("90s", "1m30s")]
    [InlineData("1h", "1h0m0s")]
    [InlineData("60m", "1h0m0s")]
    [InlineData("1.5h", "1h30m0s")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("1us", "1µs")]
    [InlineData("1.5ms", "1.5ms")]
    [InlineData("-1m", "-1m0s")]
    [InlineData("2540400h10m10.000000000s", "2540400h10m10s")]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("5d", null)]
    [InlineData("1h 2m", null)]
    [InlineData("9999999h", null)]
    public void A_duration_has_one_text(string text, string? canonical) =>
        Assert.Equal(canonical, GoDuration.TryParse(text, out var nanoseconds) ? GoDuration.Format(nanoseconds) : null);

    [Theory]
    [InlineData("2026-11-22T13:25:39Z", "2026-11-22T13:25:39Z")]
    [InlineData("2026-11-22T13:25:39.999999999Z", "2026-11-22T13:25:39Z")]
    [InlineData("2026-11-22T13:25:39+02:00", "2026-11-22T11:25:39Z")]
    [InlineData("2026-11-22", null)]
    [InlineData("2026-11-22T13:25:39", null)]
    [InlineData("2026-02-30T13:25:39Z", null)]
    public void A_time_has_one_text(string text, string? canonical) =>
        Assert.Equal(canonical, GoTime.TryParse(text, out var time) ? GoTime.Format(time) : null);
}
