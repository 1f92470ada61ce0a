namespace Kops.StateStore.Files;

/// <summary>An object that is in the store but cannot be read. It hides no other.</summary>
/// <param name="Name">Its name: that of its directory or file.</param>
/// <param name="Error">Why; the message names the file.</param>
public sealed record UnreadableObject(string Name, Exception Error);
