namespace Kops.Resources.Requests;

/// <summary>A machine type.</summary>
/// <param name="OwnDisks">How many disks come with it, which are empty again after each stop.</param>
/// <param name="HasGpu">Whether it has a graphics processor that can be computed with.</param>
public sealed record MachineFact(int OwnDisks, bool HasGpu = false);
