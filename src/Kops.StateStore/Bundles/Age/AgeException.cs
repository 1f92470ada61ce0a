namespace Kops.StateStore.Bundles.Age;

/// <summary>A file is not what age writes, or cannot be opened with what was given. The message says which, and the cure.</summary>
public sealed class AgeException(string message, Exception? innerException = null) : KopsException(message, innerException);
