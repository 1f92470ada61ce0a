using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>Broken networks and busy servers, with a real server behind them.</summary>
public sealed class AzureFaultTests(AzureServer server) : StoreFaults
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_write_whose_commit_is_not_answered_is_complete(bool conditional)
    {
        await using var store = await OpenAsync(Once("comp=blocklist", Fault.LostAnswer));
        var bytes = new byte[3 << 20];

        var outcome = await store.Driver.PutAsync(
            "key",
            ObjectBody.FromBytes(bytes),
            conditional ? WriteCondition.IfAbsent : WriteCondition.Any,
            Token
        );

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, store.Proxy.Faults));
        var info = await store.Direct.StatAsync("key", Token);
        Assert.Equal((bytes.Length, outcome.Version), (info!.Size, info.Version));
    }

    [Fact]
    public async Task A_copy_whose_answer_is_lost_has_happened_once()
    {
        var hurt = false;
        var once = Once("PUT", Fault.LostAnswer);
        await using var store = await OpenAsync(line => hurt ? once(line) : Fault.None);
        // The server checks the source of a copy at its own address, which is the proxy's; nothing is hurt on the way there.
        await store.Direct.PutAsync("source", Body("content"), WriteCondition.Any, Token);
        hurt = true;

        var outcome = await ((ICopySource)store.Driver).CopyAsync("source", "key", WriteCondition.IfAbsent, Token);

        Assert.Equal((await store.Direct.StatAsync("key", Token))!.Version, outcome!.Value.Version);
        Assert.Equal(1, store.Proxy.Faults);
    }

    protected override async ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        Assert.SkipWhen(server.Options.Endpoint is not { Scheme: "http" }, "the proxy speaks plain HTTP");
        var proxy = new FaultProxy(server.Options.Endpoint, plan, "ServerBusy");
        var container = await server.CreateContainerAsync(Token);
        var driver = server.Open(
            container,
            options =>
            {
                options = options with { Endpoint = proxy.Address, RetryDelay = TimeSpan.FromMilliseconds(10), BlockSize = 1 << 20 };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return new FaultyStore(server.Open(container), proxy, driver);
    }
}
