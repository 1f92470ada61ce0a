namespace Kops.Resources.Requests;

/// <summary>A bucket of managed files.</summary>
/// <param name="Region">Where it lies; null for the cluster's region.</param>
/// <param name="EncryptsByItself">Whether it encrypts what does not ask for it.</param>
public sealed record BucketFact(string? Region, bool EncryptsByItself);
