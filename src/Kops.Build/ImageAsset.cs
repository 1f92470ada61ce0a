namespace Kops.Build;

/// <summary>A container image that a cluster runs.</summary>
/// <param name="Canonical">Its name at its makers; where that is not known, the name by which it is pulled.</param>
/// <param name="Download">The name by which machines pull it.</param>
public sealed record ImageAsset(string Canonical, string Download);
