namespace Kops.Vfs.Setup;

/// <summary>A driver that can make its bucket (container, directory), and set how it keeps things.</summary>
public interface IBucketAdmin
{
    /// <summary>What a bucket that keeps state should have, in the order in which it is set; the first one is that it is there.</summary>
    /// <remarks> <b>Behavior. </b> Sends nothing by itself. Each setting is looked at and applied without harm to what else the bucket
    /// has.</remarks>
    IReadOnlyList<BucketSetting> Settings(BucketWishes wishes);
}
