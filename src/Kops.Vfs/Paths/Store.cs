using Kops.Vfs.Drivers;

namespace Kops.Vfs;

/// <summary>An opened store: a driver and the address that people write for its root.</summary>
/// <param name="Address">
/// The root as users write it, without a final slash: <c>s3://bucket</c>, <c>/srv/state</c>, <c>memfs://x</c>.
/// </param>
/// <param name="Driver">The driver, layers included.</param>
public sealed record Store(string Address, IStoreDriver Driver)
{
    /// <summary>The path at the root of the store.</summary>
    public VfsPath Root => new(this, string.Empty);

    /// <summary>What the store can do. Constant for its life.</summary>
    public StoreCapabilities Capabilities => Driver.Capabilities;

    /// <summary>Whether it is in this machine's file system.</summary>
    public bool IsLocal => Driver.As<ILocalStore>() is not null;
}
