namespace Kops.Vfs.Setup;

/// <summary>A driver that can tell of its bucket what others need to know who write into it.</summary>
public interface IDescribedBucket
{
    /// <summary>Describes the bucket.</summary>
    /// <remarks><b>Behavior.</b> What the driver was told is not asked for again.</remarks>
    ValueTask<BucketTraits> DescribeAsync(CancellationToken cancellationToken);
}
