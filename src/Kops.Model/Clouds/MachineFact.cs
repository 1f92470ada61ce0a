namespace Kops.Model.Clouds;

/// <summary>A machine type.</summary>
/// <param name="OwnDisks">How many disks come with it, which are empty again after each stop.</param>
public sealed record MachineFact(int OwnDisks);
