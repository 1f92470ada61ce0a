namespace Kops.Operations.Assets;

/// <summary>What became of files that were to be copied.</summary>
/// <param name="Copied">How many were copied.</param>
/// <param name="Kept">How many were there already.</param>
/// <param name="Failed">How many could not be copied.</param>
public sealed record CopiedAssets(int Copied, int Kept, int Failed);
