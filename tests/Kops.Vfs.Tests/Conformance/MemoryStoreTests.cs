using Kops.Vfs.Conformance;
using Kops.Vfs.Memory;

namespace Kops.Vfs.Tests.Conformance;

public sealed class MemoryStoreTests : MemoryConformance
{
    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => memory;
}
