using Kops.Vfs.Rest.Requests;
using Xunit;

namespace Kops.Vfs.Rest.Tests.Requests;

public sealed class TokenCacheTests
{
    [Fact]
    public async Task A_token_is_renewed_before_it_expires_and_after_it_was_refused()
    {
        var fetched = 0;
        var ends = DateTimeOffset.UtcNow.AddMinutes(1);
        using var cache = new TokenCache<Token>(
            _ => ValueTask.FromResult(new Token($"{++fetched}", ends)),
            token => token.Expires,
            TimeSpan.FromMinutes(2),
            TimeProvider.System
        );

        await cache.GetAsync(TestContext.Current.CancellationToken);
        ends = DateTimeOffset.UtcNow.AddHours(1);
        Assert.Equal("2", (await cache.GetAsync(TestContext.Current.CancellationToken)).Value);
        var token = await cache.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", token.Value);
        cache.Forget(token);
        Assert.Equal("3", (await cache.GetAsync(TestContext.Current.CancellationToken)).Value);
    }

    private sealed record Token(string Value, DateTimeOffset? Expires);
}
