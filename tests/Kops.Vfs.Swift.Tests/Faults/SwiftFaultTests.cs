using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Swift.Tests.Servers;

namespace Kops.Vfs.Swift.Tests.Faults;

/// <summary>
/// Broken networks and busy servers, with a real server behind them; the lock is spared, so that the writes themselves are hurt.
/// </summary>
public class SwiftFaultTests(SwiftServer server) : StoreFaults
{
    /// <summary>Whether a request may be hurt.</summary>
    protected virtual bool MayHurt(string line) => !line.Contains(LockLayer.Key, StringComparison.Ordinal);

    protected override async ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        var account = server.Account;
        var proxy = new FaultProxy(new Uri(account.GetLeftPart(UriPartial.Authority)), line => MayHurt(line) ? plan(line) : Fault.None);
        var container = await server.CreateContainerAsync();
        var driver = server.Open(
            container,
            options =>
            {
                options = options with
                {
                    StorageUrl = new Uri(proxy.Address, account.AbsolutePath),
                    RetryDelay = TimeSpan.FromMilliseconds(10),
                };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return new FaultyStore(new Intruder(server, container), proxy, driver);
    }

    /// <summary>Another client: with a condition it takes the lock; without one it does not care, as another program.</summary>
    private sealed class Intruder(SwiftServer server, string container) : StoreLayer(server.Open(container))
    {
        private readonly SwiftStoreDriver _bare = server.OpenBare(container);

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
