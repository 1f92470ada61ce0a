using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests.Faults;

/// <summary>Broken networks and busy servers, with a real server behind them.</summary>
public sealed class S3FaultTests(S3Server server) : StoreFaults
{
    protected override IReadOnlyList<Fault> Faults =>
        [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.TryAgain, Fault.ServerError, Fault.Delay];

    [Fact]
    public Task A_conditional_write_that_S3_asks_to_send_again_happens_once() =>
        A_conditional_write_that_is_hurt_once_happens_once(Fault.TryAgain, true);

    [Fact]
    public async Task A_multipart_upload_whose_completion_is_not_answered_is_complete()
    {
        await using var store = await OpenAsync(Once("uploadId=", Fault.LostAnswer, method: "POST"));
        var bytes = new byte[6 << 20];

        var outcome = await store.Driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, store.Proxy.Faults));
        var info = await store.Direct.StatAsync("key", Token);
        Assert.Equal((bytes.Length, outcome.Version), (info!.Size, info.Version));
    }

    protected override async ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        var proxy = new FaultProxy(server.Options.Endpoint!, plan);
        var bucket = await server.CreateBucketAsync(Token);
        var driver = server.Open(
            bucket,
            options =>
            {
                options = options with { Endpoint = proxy.Address, RetryDelay = TimeSpan.FromMilliseconds(10), PartSize = 5 << 20 };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return new FaultyStore(server.Open(bucket), proxy, driver);
    }
}
