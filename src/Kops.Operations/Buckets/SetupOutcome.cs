namespace Kops.Operations.Buckets;

/// <summary>What became of a setting of a store.</summary>
public enum SetupOutcome
{
    /// <summary>It was as wanted.</summary>
    Has,

    /// <summary>It is not, and would be set.</summary>
    WouldSet,

    /// <summary>It was set, and looked at again.</summary>
    Set,

    /// <summary>It stays as it is, since the service does not know it, somebody else sets it, or it was left out.</summary>
    Skipped,

    /// <summary>It could not be looked at or set.</summary>
    Failed,
}
