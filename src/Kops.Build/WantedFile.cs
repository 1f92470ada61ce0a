namespace Kops.Build;

/// <summary>A file that shall be there.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Name">Which one of that role; empty where there is but one.</param>
/// <param name="Content">What shall stand in it.</param>
public sealed record WantedFile(FileRole Role, string Name, ReadOnlyMemory<byte> Content);
