using Kops.Vfs.Conformance;
using Kops.Vfs.Memory;

namespace Kops.Vfs.Tests.Conformance;

public sealed class MemoryStoreTests : MemoryConformance
{
    protected override (string Store, string ShownBy)? Documented => ("memfs", "itself");

    protected override IStoreDriver Wrap(MemoryStoreDriver memory) => memory;
}
