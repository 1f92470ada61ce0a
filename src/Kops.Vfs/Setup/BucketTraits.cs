namespace Kops.Vfs.Setup;

/// <summary>What is told of a bucket to those who write into it by other means.</summary>
/// <param name="Region">Where it lies; null where that is nobody's business.</param>
/// <param name="EncryptsByItself">Whether it encrypts what does not ask for it.</param>
public sealed record BucketTraits(string? Region, bool EncryptsByItself);
