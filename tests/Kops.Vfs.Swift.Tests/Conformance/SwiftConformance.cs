using Kops.Vfs.Conformance;
using Kops.Vfs.Swift.Tests.Servers;

namespace Kops.Vfs.Swift.Tests.Conformance;

/// <summary>The suite that every store passes, on a real server, with conditions by the lock.</summary>
public sealed class SwiftConformance(SwiftServer server) : StoreConformance
{
    protected override (string Store, string ShownBy)? Documented => ("swift, by a lock", "Swift of Debian 12");

    /// <summary>A sixteenth of the suite's size: the server is Python, on the same two cores.</summary>
    protected override long LargeBytes => 1L << 26;

    /// <summary>As many as the server makes in a quarter of a minute. The test of pages has more, on a shorter page.</summary>
    protected override int ManyKeys => 1_000;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var container = await server.CreateContainerAsync();
        return new StoreUnderTest(server.Open(container)) { OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(container)) };
    }
}
