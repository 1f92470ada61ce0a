namespace Kops.Operations.Files;

/// <summary>The hash of a file's content.</summary>
/// <param name="Name">The file's name, relative to the place that was hashed.</param>
/// <param name="Hash">The hash.</param>
public sealed record HashedFile(string Name, ReadOnlyMemory<byte> Hash);
