using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Gcs.Setup;

/// <summary>The rules of a bucket's life cycle that remove old versions, and uploads that nobody completed.</summary>
/// <remarks>Source: Cloud Storage, "Object Lifecycle Management". Rules have no names there.</remarks>
internal static class GcsRules
{
    private const string Days = "daysSinceNoncurrentTime";
    private const string Abort = "AbortIncompleteMultipartUpload";

    internal static BucketFinding Look(JsonArray? rules, BucketWishes wishes)
    {
        if (rules?.FirstOrDefault(rule => RemovesCurrent(rule, wishes)) is { } danger)
            return BucketFinding.OutOfReach(
                $"the rule {danger["condition"]?.ToJsonString()} removes files that are in use: correct or remove it first, or clusters "
                    + $"will be lost"
            );
        var found = rules
            ?.Where(rule => Action(rule) == "Delete" && Covers(rule, wishes))
            .Select(rule => Number(rule?["condition"]?[Days]))
            .FirstOrDefault(days => days > 0);
        var aborts = rules?.Any(rule => Action(rule) == Abort && Covers(rule, wishes)) == true;
        return BucketFinding.Of(found is { } kept && wishes.Accepts(kept) && aborts, found is { } days ? $"after {days} days" : null);
    }

    internal static JsonArray AddTo(JsonArray? rules, BucketWishes wishes)
    {
        // A rule about nothing but old versions in the same place is ours, or as good as ours.
        var result = new JsonArray([.. (rules ?? []).Where(rule => !IsOurs(rule, wishes)).Select(rule => rule?.DeepClone())]);
        result.Add((JsonNode)Rule("Delete", Days, wishes.DaysToSet, wishes));
        result.Add((JsonNode)Rule(Abort, "age", BucketWishes.UploadDays, wishes));
        return result;
    }

    private static JsonObject Rule(string action, string condition, int days, BucketWishes wishes)
    {
        var when = new JsonObject { [condition] = days };
        if (wishes.Prefix.Length > 0)
            when["matchesPrefix"] = new JsonArray(wishes.Prefix);
        return new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = action },
            ["condition"] = when,
        };
    }

    private static bool IsOurs(JsonNode? rule, BucketWishes wishes)
    {
        var condition = rule?["condition"] as JsonObject;
        var key = Action(rule) switch
        {
            "Delete" => Days,
            Abort => "age",
            _ => null,
        };
        return key is not null
            && condition?.ContainsKey(key) == true
            && condition.All(pair => pair.Key == key || pair.Key == "matchesPrefix")
            && (wishes.Prefix.Length == 0 ? Prefixes(rule) is [] : Prefixes(rule) is [var only] && only == wishes.Prefix);
    }

    /// <summary>Whether a rule holds for all of the state, by days and prefixes alone.</summary>
    private static bool Covers(JsonNode? rule, BucketWishes wishes) =>
        rule?["condition"] is JsonObject condition
        && condition.All(pair => pair.Key is Days or "age" or "matchesPrefix" or "isLive")
        && (condition.ContainsKey(Days) ^ condition.ContainsKey("age"))
        && (Prefixes(rule) is [] || Prefixes(rule).Any(prefix => wishes.Prefix.StartsWith(prefix, StringComparison.Ordinal)));

    private static bool RemovesCurrent(JsonNode? rule, BucketWishes wishes) =>
        Action(rule) == "Delete"
        && rule?["condition"] is JsonObject condition
        && !condition.Any(pair =>
            pair.Key is Days or "noncurrentTimeBefore"
            || (pair.Key is "numNewerVersions" && Number(pair.Value) > 0)
            || (pair.Key is "isLive" && pair.Value?.GetValueKind() is JsonValueKind.False)
        )
        && (
            Prefixes(rule) is []
            || Prefixes(rule)
                .Any(prefix =>
                    wishes.Prefix.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(wishes.Prefix, StringComparison.Ordinal)
                )
        );

    private static string? Action(JsonNode? rule) => rule?["action"]?["type"]?.GetValue<string>();

    private static IReadOnlyList<string> Prefixes(JsonNode? rule) =>
        rule?["condition"]?["matchesPrefix"] is JsonArray prefixes ? [.. prefixes.Select(prefix => prefix!.GetValue<string>())] : [];

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
