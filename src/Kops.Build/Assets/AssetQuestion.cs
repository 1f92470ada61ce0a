namespace Kops.Build.Assets;

/// <summary>A file whose SHA-256 the program does not know, and must be told.</summary>
/// <param name="Canonical">Its address at its makers, by which the answer is given.</param>
/// <param name="Places">Where it can be had: beside it, in a file of the same name and <c>.sha256</c>, lies its hash.</param>
public sealed record AssetQuestion(string Canonical, IReadOnlyList<string> Places);
