using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests.Faults;

/// <summary>Broken networks and a busy API server, with a real one behind them.</summary>
public sealed class KubernetesFaultTests(KubernetesServer server) : StoreFaults
{
    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Truncated)]
    [InlineData(Fault.ServerError)]
    public async Task A_long_object_one_of_whose_parts_is_hurt_is_whole(Fault fault)
    {
        var writes = 0;
        await using var store = await OpenAsync(line => IsWrite(line) && Interlocked.Increment(ref writes) == 2 ? fault : Fault.None);
        var bytes = new byte[(3 << 20) + 5];
        new Random(1).NextBytes(bytes);

        var outcome = await store.Driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, store.Proxy.Faults));
        var read = await ObjectContent.ReadAsync((await store.Direct.OpenReadAsync("key", Token))!, Token);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
    }

    protected override bool IsWrite(string line) =>
        line.StartsWith("PUT", StringComparison.Ordinal) || line.StartsWith("POST", StringComparison.Ordinal);

    protected override async ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false)
    {
        var space = await server.CreateNamespaceAsync();
        var proxy = new FaultProxy(server.Address, plan);
        var file = server.Write(server.Kubeconfig(proxy.Address));
        var driver = server.Open(
            space,
            options =>
            {
                options = options with { KubeconfigFiles = [file] };
                return impatient ? options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) } : options;
            }
        );
        return new FaultyStore(server.Open(space), proxy, driver);
    }
}
