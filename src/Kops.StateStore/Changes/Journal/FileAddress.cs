using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// A file's place in a record. Files of the state store itself are named relative to its root, so that a record stays true when the store
/// is
/// mounted or copied elsewhere.
/// </summary>
/// <param name="Store">The root of the other store that the file is in; null for the state store.</param>
/// <param name="Key">The key below that root.</param>
internal sealed record FileAddress(string? Store, string Key)
{
    public static FileAddress Of(VfsPath root, VfsPath path) =>
        path.RelativeTo(root) is { } relative ? new(null, relative) : new(path.Store.Address, path.Key);

    public VfsPath Resolve(VfsPath root, StoreRegistry stores) => (Store is null ? root : stores.Resolve(Store)).Join(Key);
}
