namespace Kops.Vfs;

/// <summary>What a removal of a tree did.</summary>
/// <param name="Deleted">Objects that are gone.</param>
/// <param name="Failures">One for each object that could not be deleted.</param>
[MustUse]
public sealed record TreeRemoval(int Deleted, IReadOnlyList<StoreException> Failures);
