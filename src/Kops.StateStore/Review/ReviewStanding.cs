namespace Kops.StateStore.Review;

/// <summary>How a file of the directory and one of the store stand to each other, seen from what was pulled.</summary>
public enum ReviewStanding
{
    /// <summary>Both are as they were, or became equal.</summary>
    Same,

    /// <summary>The directory's was changed, added or removed.</summary>
    Edited,

    /// <summary>The store's was changed, added or removed.</summary>
    Newer,

    /// <summary>Both were, and differ.</summary>
    Conflict,
}
