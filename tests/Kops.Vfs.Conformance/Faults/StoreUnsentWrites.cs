using System.Text;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance.Faults;

/// <summary>
/// A write that failed while its connection was made has not happened, whatever stands there now: it is tried again as if nothing had been,
/// and a conflict is a conflict. A store's own class says how it is opened.
/// </summary>
public abstract class StoreUnsentWrites
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task A_write_that_cannot_have_been_sent_is_never_in_doubt(HttpRequestError error)
    {
        var open = await CreateAsync(Token);
        await using var other = open(null);
        var network = new UnsentRequest(
            error,
            async () => await other.PutAsync("key", ObjectBody.FromBytes("theirs"u8.ToArray()), WriteCondition.Any, Token)
        );
        await using var driver = open(network.Wrap);

        var outcome = await driver.PutAsync("key", ObjectBody.FromBytes("ours"u8.ToArray()), WriteCondition.IfAbsent, Token);

        Assert.Equal(WriteResult.Conflict, outcome.Result);
        var content = await other.ReadAsync("key", Token);
        Assert.Equal("theirs", Encoding.UTF8.GetString(content!.Bytes.Span));
    }

    /// <summary>Makes an empty store; gives what opens it, with something around its network.</summary>
    protected abstract ValueTask<Func<Func<HttpMessageHandler, HttpMessageHandler>?, IStoreDriver>> CreateAsync(
        CancellationToken cancellationToken
    );
}
