using Kops.Vfs;

namespace Kops.Operations.Files;

/// <summary>Something that stands below a place.</summary>
/// <param name="Name">Its name relative to the place; a directory's ends in <c>/</c>.</param>
/// <param name="Entry">What it is.</param>
public sealed record ListedFile(string Name, VfsEntry Entry);
