namespace Kops.Model.Clouds;

/// <summary>The partitions of AWS: parts that know nothing of each other, with names of their own in ARNs.</summary>
public static class AwsPartitions
{
    private static readonly (string Regions, string Partition)[] ByRegion =
    [
        ("cn-", "aws-cn"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
    ];

    /// <summary>The partition that a region lies in.</summary>
    public static string Of(string region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return ByRegion.FirstOrDefault(row => region.StartsWith(row.Regions, StringComparison.Ordinal)).Partition ?? "aws";
    }
}
