using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>What two listings say of one key.</summary>
/// <param name="Key">The key, relative to either side.</param>
/// <param name="Source">The object on the source's side; null when there is none.</param>
/// <param name="Target">The object on the target's side; null when there is none.</param>
internal readonly record struct ListedPair(string Key, ObjectInfo? Source, ObjectInfo? Target);
