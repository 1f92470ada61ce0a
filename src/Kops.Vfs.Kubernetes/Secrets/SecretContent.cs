namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>The content of an object: in its own Secret, or in parts.</summary>
/// <param name="Size">Bytes in all.</param>
/// <param name="Inline">The content itself; null where it is in parts.</param>
/// <param name="Parts">The parts; null where there are none.</param>
internal readonly record struct SecretContent(long Size, ReadOnlyMemory<byte>? Inline, PartSet? Parts);
