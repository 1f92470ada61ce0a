using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Setup;

namespace Kops.Vfs.S3.Setup;

/// <summary>The rule of a bucket's life cycle that removes old versions, and uploads that nobody completed.</summary>
internal static class OldVersionRule
{
    private const string Id = "kops-old-versions";

    /// <summary>Whether some rule removes old versions of the state, and one what was left of uploads.</summary>
    internal static bool IsMet(IReadOnlyList<LifecycleRule> rules, BucketWishes wishes)
    {
        var covering = rules.Where(rule => Covers(rule, wishes.Prefix)).ToList();
        return covering.Any(rule => rule.NoncurrentVersionExpiration is { NoncurrentDays: { } days } && wishes.Accepts(days))
            && covering.Any(rule => rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation > 0);
    }

    /// <summary>What is there, in a few words; null for nothing.</summary>
    internal static string? Describe(IReadOnlyList<LifecycleRule> rules, BucketWishes wishes)
    {
        var covering = rules.Where(rule => Covers(rule, wishes.Prefix)).ToList();
        if (covering.Select(rule => rule.NoncurrentVersionExpiration?.NoncurrentDays).FirstOrDefault(days => days > 0) is not { } days)
            return null;
        return covering.Any(rule => rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation > 0)
            ? $"after {days} days"
            : $"after {days} days, but what is left of uploads stays";
    }

    /// <summary>A rule that removes state that is in use; null for none.</summary>
    internal static string? RemovesCurrent(IReadOnlyList<LifecycleRule> rules, BucketWishes wishes) =>
        rules
            .FirstOrDefault(rule =>
                rule.Status == LifecycleRuleStatus.Enabled
                && rule.Expiration is { } end
                && (end.Days > 0 || end.Date > DateTime.UnixEpoch)
                && (
                    PrefixOf(rule).StartsWith(wishes.Prefix, StringComparison.Ordinal)
                    || wishes.Prefix.StartsWith(PrefixOf(rule), StringComparison.Ordinal)
                )
            )
            ?.Id;

    /// <summary>The rules with ours among them.</summary>
    internal static IEnumerable<LifecycleRule> AddTo(IReadOnlyList<LifecycleRule> rules, BucketWishes wishes) =>
        [
            .. rules.Where(rule => rule.Id != NameFor(wishes)),
            new LifecycleRule
            {
                Id = NameFor(wishes),
                Status = LifecycleRuleStatus.Enabled,
                Filter = new LifecycleFilter { Prefix = wishes.Prefix },
                NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = wishes.DaysToSet },
                AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload
                {
                    DaysAfterInitiation = BucketWishes.UploadDays,
                },
            },
        ];

    /// <summary>State in several directories of a bucket has a rule for each.</summary>
    private static string NameFor(BucketWishes wishes) =>
        wishes.Prefix.Length == 0 ? Id : $"{Id}-{wishes.Prefix.TrimEnd('/').Replace('/', '-')}";

    private static bool Covers(LifecycleRule rule, string prefix) =>
        rule.Status == LifecycleRuleStatus.Enabled
        && rule.Filter is null or { And: null, Tag: null, ObjectSizeGreaterThan: null, ObjectSizeLessThan: null }
        && prefix.StartsWith(PrefixOf(rule), StringComparison.Ordinal);

#pragma warning disable CS0618 // rules of old have their prefix there, and the answers of some services still do
    private static string PrefixOf(LifecycleRule rule) =>
        rule.Filter?.Prefix
        ?? rule.Filter?.And?.Prefix
        ?? (rule.Filter?.LifecycleFilterPredicate as LifecyclePrefixPredicate)?.Prefix
        ?? rule.Prefix
        ?? string.Empty;
#pragma warning restore CS0618
}
