using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Faults;

/// <summary>Broken networks and busy servers, with a server behind them.</summary>
public sealed class GcsFaultTests(TestServer server) : StoreFaults
{
    private const int Chunk = 256 * 1024;

    protected override string WriteRequest => "POST /upload";

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Reset)]
    public async Task A_copy_that_is_hurt_once_happens_once(Fault fault)
    {
        await using var store = await OpenAsync(Once("rewriteTo", fault));
        await store.Direct.PutAsync("key", Body("content"), WriteCondition.Any, Token);

        var outcome = await ((ICopySource)store.Driver).CopyAsync("key", "copy", WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome!.Value.Result, store.Proxy.Faults));
        Assert.Equal(outcome.Value.Version, (await store.Direct.StatAsync("copy", Token))!.Version);
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Truncated)]
    public async Task A_resumable_upload_goes_on_after_every_kind_of_fault_at_every_step(Fault fault)
    {
        for (var step = 0; step < 5; step++)
        {
            var left = step;
            await using var store = await OpenAsync(line =>
                line.Contains("uploadType=resumable", StringComparison.Ordinal) && left-- == 0 ? fault : Fault.None
            );
            var bytes = new byte[(3 * Chunk) + 100];
            new Random(step).NextBytes(bytes);

            var outcome = await store.Driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token);

            Assert.Equal((WriteResult.Done, 1), (outcome.Result, store.Proxy.Faults));
            var read = await ObjectContent.ReadAsync((await store.Direct.OpenReadAsync("key", Token))!, Token);
            Assert.Equal(outcome.Version, read.Version);
            Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        }
    }

    protected override ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        var proxy = new FaultProxy(server.Server.Address, plan);
        var bucket = server.CreateBucket();
        var driver = server.Open(
            bucket,
            options =>
            {
                options = options with { Endpoint = proxy.Address, ChunkSize = Chunk };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return ValueTask.FromResult(new FaultyStore(server.Open(bucket), proxy, driver));
    }
}
