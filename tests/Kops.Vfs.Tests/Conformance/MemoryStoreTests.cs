using Kops.Vfs.Drivers;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Conformance;

public sealed class MemoryStoreTests : MemoryConformance
{
    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() => CheckDocumentation("memfs", "itself");

    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => memory;
}
