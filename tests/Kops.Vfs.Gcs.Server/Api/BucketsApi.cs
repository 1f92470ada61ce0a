using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Server.Objects;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>Buckets: made, looked at, deleted.</summary>
internal sealed class BucketsApi(ConcurrentDictionary<string, Bucket> buckets)
{
    internal async Task<bool> HandleAsync(Call call)
    {
        switch (call.Method, call.Path)
        {
            case ("POST", ["storage", "v1", "b"]):
                var json = await call.ReadJsonAsync();
                var made = new Bucket(
                    (string)json["name"]!,
                    new BucketOptions
                    {
                        Versioning = (bool?)json["versioning"]?["enabled"] ?? false,
                        UniformAccess = (bool?)json["iamConfiguration"]?["uniformBucketLevelAccess"]?["enabled"] ?? false,
                        PublicAccessPrevention = (string?)json["iamConfiguration"]?["publicAccessPrevention"] ?? "inherited",
                    }
                );
                if (call.Query("project") is null)
                    throw ApiException.Bad("Required parameter: project", "required");
                if (!buckets.TryAdd(made.Name, made))
                    throw new ApiException(
                        HttpStatusCode.Conflict,
                        "conflict",
                        "Your previous request to create the named bucket succeeded and you already own it."
                    );
                await call.AnswerAsync(Describe(made));
                return true;
            case ("GET", ["storage", "v1", "b", var name]):
                await call.AnswerAsync(Describe(buckets.Open(call, name, "storage.buckets.get")));
                return true;
            case ("PATCH", ["storage", "v1", "b", var name]):
                var bucket = buckets.Open(call, name, "storage.buckets.update");
                var change = await call.ReadJsonAsync();
                if (
                    call.Query("ifMetagenerationMatch") is { } expected
                    && expected != bucket.Options.Metageneration.ToString(CultureInfo.InvariantCulture)
                )
                    throw new ApiException(
                        HttpStatusCode.PreconditionFailed,
                        "conditionNotMet",
                        "At least one of the pre-conditions you specified did not hold."
                    );
                bucket.Options = Changed(bucket.Options, change);
                await call.AnswerAsync(Describe(bucket));
                return true;
            case ("DELETE", ["storage", "v1", "b", var name]):
                if (buckets.Open(call, name, "storage.buckets.delete").List(string.Empty, versions: true).Count > 0)
                    throw new ApiException(HttpStatusCode.Conflict, "conflict", "The bucket you tried to delete is not empty.");
                buckets.TryRemove(name, out _);
                call.Context.Response.StatusCode = 204;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Arrays are replaced as a whole, as JSON merge patches do.</summary>
    private static BucketOptions Changed(BucketOptions options, JsonNode change) =>
        options with
        {
            Versioning = (bool?)change["versioning"]?["enabled"] ?? options.Versioning,
            UniformAccess = (bool?)change["iamConfiguration"]?["uniformBucketLevelAccess"]?["enabled"] ?? options.UniformAccess,
            PublicAccessPrevention = (string?)change["iamConfiguration"]?["publicAccessPrevention"] ?? options.PublicAccessPrevention,
            Rules = change["lifecycle"]?["rule"]?.ToJsonString() ?? options.Rules,
            Metageneration = options.Metageneration + 1,
        };

    private static JsonObject Describe(Bucket bucket) =>
        new()
        {
            ["kind"] = "storage#bucket",
            ["id"] = bucket.Name,
            ["name"] = bucket.Name,
            ["location"] = "US",
            ["storageClass"] = "STANDARD",
            ["metageneration"] = bucket.Options.Metageneration.ToString(CultureInfo.InvariantCulture),
            ["lifecycle"] = new JsonObject { ["rule"] = JsonNode.Parse(bucket.Options.Rules) },
            ["versioning"] = new JsonObject { ["enabled"] = bucket.Options.Versioning },
            ["iamConfiguration"] = new JsonObject
            {
                ["uniformBucketLevelAccess"] = new JsonObject { ["enabled"] = bucket.Options.UniformAccess },
                ["publicAccessPrevention"] = bucket.Options.PublicAccessPrevention,
            },
        };
}
