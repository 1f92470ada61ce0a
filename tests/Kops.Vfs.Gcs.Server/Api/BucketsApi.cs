using System.Collections.Concurrent;
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
                    });
                if (!buckets.TryAdd(made.Name, made))
                    throw new ApiException(HttpStatusCode.Conflict, "conflict", "Your previous request to create the named bucket succeeded and you already own it.");
                await call.AnswerAsync(Describe(made));
                return true;
            case ("GET", ["storage", "v1", "b", var name]):
                await call.AnswerAsync(Describe(buckets.Open(call, name, "storage.buckets.get")));
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

    private static JsonObject Describe(Bucket bucket) => new()
    {
        ["kind"] = "storage#bucket",
        ["id"] = bucket.Name,
        ["name"] = bucket.Name,
        ["location"] = "US",
        ["storageClass"] = "STANDARD",
        ["versioning"] = new JsonObject { ["enabled"] = bucket.Options.Versioning },
        ["iamConfiguration"] = new JsonObject { ["uniformBucketLevelAccess"] = new JsonObject { ["enabled"] = bucket.Options.UniformAccess } },
    };
}
