using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Oss.Tests.Faults;

/// <summary>
/// Broken networks and busy servers, with a server behind them; the lock is spared, so that the writes themselves are hurt.
/// </summary>
public sealed class OssFaultTests(TestServer server) : StoreFaults
{
    private const int Part = 100 * 1024;

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.ServerError)]
    public async Task An_upload_in_parts_that_is_hurt_at_any_step_happens_once(Fault fault)
    {
        for (var step = 0; step < 6; step++)
        {
            var left = step;
            // To begin, three parts, to complete; the look beforehand is a HEAD.
            await using var store = await OpenAsync(line =>
                line.Contains("pload", StringComparison.Ordinal) && left-- == 0 ? fault : Fault.None
            );
            var bytes = new byte[(2 * Part) + 100];
            new Random(step).NextBytes(bytes);

            var outcome = await store.Driver.PutAsync(
                "key",
                ObjectBody.FromBytes(bytes),
                step % 2 == 0 ? WriteCondition.IfAbsent : WriteCondition.Any,
                Token
            );

            Assert.Equal((WriteResult.Done, step < 5 ? 1 : 0), (outcome.Result, store.Proxy.Faults));
            var read = await ObjectContent.ReadAsync((await store.Direct.OpenReadAsync("key", Token))!, Token);
            Assert.Equal(outcome.Version, read.Version);
            Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        }
    }

    protected override ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        var proxy = new FaultProxy(
            server.Server.Address,
            line => line.Contains(LockLayer.Key, StringComparison.Ordinal) ? Fault.None : plan(line)
        );
        var bucket = server.CreateBucket();
        var driver = server.Open(
            bucket,
            options =>
            {
                options = options with { Endpoint = proxy.Address, PartSize = Part };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return ValueTask.FromResult(new FaultyStore(new Intruder(server, bucket), proxy, driver));
    }

    /// <summary>Another client: with a condition it takes the lock; without one it does not care, as another program.</summary>
    private sealed class Intruder(TestServer server, string bucket) : StoreLayer(server.Open(bucket))
    {
        private readonly OssStoreDriver _bare = server.OpenBare(bucket);

        public override ValueTask<WriteOutcome> PutAsync(
            string key,
            ObjectBody body,
            WriteCondition condition,
            CancellationToken cancellationToken
        ) =>
            condition.Kind is WriteConditionKind.Any
                ? _bare.PutAsync(key, body, condition, cancellationToken)
                : base.PutAsync(key, body, condition, cancellationToken);

        protected override async ValueTask CloseAsync()
        {
            await _bare.DisposeAsync();
            await base.CloseAsync();
        }
    }
}
