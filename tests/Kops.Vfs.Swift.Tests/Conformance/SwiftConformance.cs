using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Swift.Tests.Conformance;

/// <summary>The suite that every store passes, on a real server, with conditions by the lock.</summary>
public sealed class SwiftConformance(SwiftServer server) : StoreConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() =>
        CheckDocumentation("swift, by a lock", "Swift of Debian 12");

    /// <summary>A sixteenth of the suite's size: the server is Python, on the same two cores.</summary>
    protected override long LargeBytes => 1L << 26;

    /// <summary>As many as the server makes in a quarter of a minute. The test of pages has more, on a shorter page.</summary>
    protected override int ManyKeys => 1_000;

    protected override async ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var container = await server.CreateContainerAsync();
        return new StoreUnderTest(server.Open(container))
        {
            OpenAnother = () => ValueTask.FromResult<IStoreDriver>(server.Open(container)),
        };
    }
}
