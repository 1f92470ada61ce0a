namespace Kops.Vfs.Extensions.Tests;

/// <summary>How a store of <see cref="TestStores"/> behaves, and what became of it.</summary>
internal sealed class TestOptions
{
    public bool Fails { get; init; }

    public bool IsClosed { get; set; }
}
