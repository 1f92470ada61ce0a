namespace Kops.Release.Tests.Packages;

/// <summary>A program that a page shows.</summary>
/// <param name="Name">The page and the block's number on it.</param>
/// <param name="Packages">What it references.</param>
/// <param name="Code">All of it.</param>
internal sealed record PageProgram(string Name, IReadOnlyList<string> Packages, string Code);
