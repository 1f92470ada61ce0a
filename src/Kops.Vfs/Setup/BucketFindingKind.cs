namespace Kops.Vfs.Setup;

/// <summary>Whether a bucket is as wanted in one respect.</summary>
public enum BucketFindingKind
{
    /// <summary>It is.</summary>
    Met,

    /// <summary>It is not, and can be made so.</summary>
    Unmet,

    /// <summary>It is not, and this program does not make it so.</summary>
    OutOfReach,
}
