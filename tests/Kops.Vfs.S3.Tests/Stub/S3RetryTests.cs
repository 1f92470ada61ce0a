using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests.Stub;

/// <summary>How long requests that fail are tried again.</summary>
public sealed class S3RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(503, "SlowDown")]
    [InlineData(429, "TooManyRequests")]
    public async Task The_service_is_given_the_time_that_it_asks_for(int status, string code)
    {
        var (clock, tries) = (new SteppingClock(), 0);
        var service = new StubService(_ => tries++ > 0 ? (200, string.Empty, null) : (status, StubService.Error(code), null))
        {
            RetryAfter = "7",
        };
        await using var driver = Open(service, clock, options => options with { MaxRetries = 3 });

        Assert.True((await driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token)).Succeeded);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Fact]
    public async Task Waits_grow_and_end_in_time()
    {
        var clock = new SteppingClock();
        await using var driver = Open(
            new StubService(_ => (503, StubService.Error("SlowDown"), null)),
            clock,
            options => options with { MaxRetries = 1000, RetryFor = TimeSpan.FromSeconds(60) }
        );

        await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));

        Assert.InRange(clock.Waits.Sum(wait => wait.TotalSeconds), 60, 66);
        Assert.All(clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.True(clock.Waits[0] < TimeSpan.FromSeconds(1));
    }

    private static S3StoreDriver Open(StubService service, TimeProvider clock, Func<S3Options, S3Options> change) =>
        new(
            "bucket",
            "s3://bucket",
            change(
                S3Presets.Aws with
                {
                    Region = "us-east-1",
                    AccessKey = new S3AccessKey("id", "secret"),
                    Encryption = S3Encryption.None,
                    WrapNetwork = _ => service,
                }
            ),
            clock
        );
}
