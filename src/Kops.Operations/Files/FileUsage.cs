namespace Kops.Operations.Files;

/// <summary>How much stands somewhere.</summary>
/// <param name="Name">A directory, ending in <c>/</c>, or a file.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">How long they are together.</param>
public sealed record FileUsage(string Name, long Files, long Bytes);
