namespace Kops.Vfs.Setup;

/// <summary>A right that can be tried.</summary>
/// <param name="Right">The right.</param>
/// <param name="Name">What is done, in a word: <c>locate</c>.</param>
/// <param name="TryAsync">Does it; throws a <see cref="StoreException"/> that names the permission where it is refused.</param>
public sealed record RightTrial(StoreRight Right, string Name, Func<CancellationToken, ValueTask> TryAsync);
