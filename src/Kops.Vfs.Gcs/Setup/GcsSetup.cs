using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Gcs.Writing;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Gcs.Setup;

/// <summary>What a bucket of Cloud Storage should have. Life cycle rules that are there stay.</summary>
/// <remarks>Source: JSON API, "Buckets". Each change holds only while nobody else has changed the bucket's settings since they were
/// read.</remarks>
internal sealed class GcsSetup(GcsBucket bucket, BucketWishes wishes)
{
    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new("bucket", "exists", LookAsync, CreateAsync),
            new(
                "versioning",
                "on",
                token => LookAsync(found => BucketFinding.Of(IsOn(found["versioning"]?["enabled"])), token),
                token => PatchAsync(_ => Versioning(), token)
            ),
            bucket.Options.KmsKeyName is { } key
                ? new(
                    "encryption",
                    $"by default, with {key}",
                    token => LookAsync(found => BucketFinding.Of(Text(found["encryption"]?["defaultKmsKeyName"]) == key), token),
                    token => PatchAsync(_ => new() { ["encryption"] = new JsonObject { ["defaultKmsKeyName"] = key } }, token)
                )
                : new(
                    "encryption",
                    "by default",
                    token =>
                        LookAsync(
                            found => BucketFinding.Met(Text(found["encryption"]?["defaultKmsKeyName"]) ?? "Google's keys, always"),
                            token
                        ),
                    _ => ValueTask.CompletedTask
                ),
            bucket.Options.PredefinedAcl is null
                ? new(
                    "access",
                    "uniform, without ACLs",
                    token =>
                        LookAsync(
                            found => BucketFinding.Of(IsOn(found["iamConfiguration"]?["uniformBucketLevelAccess"]?["enabled"])),
                            token
                        ),
                    token => PatchAsync(_ => Uniform(), token)
                )
                : BucketSetting.OutOfReach(
                    "access",
                    "uniform, without ACLs",
                    "KOPS_GS_ACL asks for ACLs of files, which uniform access does not know"
                ),
            new(
                "public access",
                "prevented",
                token =>
                    LookAsync(found => BucketFinding.Of(Text(found["iamConfiguration"]?["publicAccessPrevention"]) == "enforced"), token),
                token => PatchAsync(_ => Private(), token)
            ),
            new(
                "old versions",
                $"removed after {wishes.DaysToSet} days",
                token => LookAsync(found => GcsRules.Look(found["lifecycle"]?["rule"] as JsonArray, wishes), token),
                token => PatchAsync(Rules, token)
            ),
        ];

    private static JsonObject Versioning() => new() { ["versioning"] = new JsonObject { ["enabled"] = true } };

    private static JsonObject Uniform() =>
        new() { ["iamConfiguration"] = new JsonObject { ["uniformBucketLevelAccess"] = new JsonObject { ["enabled"] = true } } };

    private static JsonObject Private() => new() { ["iamConfiguration"] = new JsonObject { ["publicAccessPrevention"] = "enforced" } };

    private JsonObject Rules(JsonObject found) =>
        new() { ["lifecycle"] = new JsonObject { ["rule"] = GcsRules.AddTo(found["lifecycle"]?["rule"] as JsonArray, wishes) } };

    private async ValueTask<BucketFinding> LookAsync(CancellationToken cancellationToken)
    {
        using var answer = await bucket
            .SendAsync(new RestRequest(HttpMethod.Get, bucket.Uris.Bucket(("fields", "name"))), cancellationToken)
            .ConfigureAwait(false);
        return answer.Failure switch
        {
            null => BucketFinding.Met(),
            { Status: HttpStatusCode.NotFound } => BucketFinding.Unmet(),
            var failure => throw bucket.Errors.Wrap("open", string.Empty, failure, "storage.buckets.get"),
        };
    }

    private async ValueTask<BucketFinding> LookAsync(Func<JsonObject, BucketFinding> judge, CancellationToken cancellationToken) =>
        judge(await ReadAsync(cancellationToken).ConfigureAwait(false));

    private async ValueTask<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        var json = await bucket
            .AskJsonAsync(
                "look at",
                string.Empty,
                "storage.buckets.get",
                new RestRequest(HttpMethod.Get, bucket.Uris.Bucket()),
                cancellationToken
            )
            .ConfigureAwait(false);
        return JsonObject.Create(json) ?? throw bucket.Errors.Malformed("look at", string.Empty, new JsonException("it is not an object"));
    }

    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        var project =
            wishes.Project
            ?? bucket.Options.QuotaProject
            ?? (bucket.Options.Anonymous ? "test" : null)
            ?? throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "create",
                bucket.Errors.PathOf(string.Empty),
                "a bucket belongs to a project; name it with --project"
            );
        // What a bucket shall be from its first moment on is said with it.
        var body = new JsonObject
        {
            ["name"] = bucket.Name,
            ["iamConfiguration"] = new JsonObject { ["publicAccessPrevention"] = "enforced" },
        };
        if (bucket.Options.PredefinedAcl is null)
            body["iamConfiguration"]!["uniformBucketLevelAccess"] = new JsonObject { ["enabled"] = true };
        if (wishes.Region is { } region)
            body["location"] = region;
        var request = new RestRequest(HttpMethod.Post, bucket.Uris.Buckets(("project", project))) { Body = Json(body) };
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { Status: HttpStatusCode.Conflict } taken)
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "create",
                bucket.Errors.PathOf(string.Empty),
                $"a bucket of that name is there already ({taken.Message}); take another name"
            );
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("create", string.Empty, failure, "storage.buckets.create");
    }

    private async ValueTask PatchAsync(Func<JsonObject, JsonObject> change, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var uri = bucket.Uris.Bucket(("ifMetagenerationMatch", Text(found["metageneration"])));
        await bucket
            .AskJsonAsync(
                "set up",
                string.Empty,
                "storage.buckets.update",
                new RestRequest(HttpMethod.Patch, uri) { Body = Json(change(found)) },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static Func<CancellationToken, ValueTask<HttpContent>> Json(JsonObject body) =>
        RestRequest.Bytes(Encoding.UTF8.GetBytes(body.ToJsonString()), ObjectResource.Json);

    private static bool IsOn(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.True;

    private static string? Text(JsonNode? node) =>
        node is not JsonValue value
            ? null
            : value.GetValueKind() switch
            {
                JsonValueKind.String => value.GetValue<string>(),
                JsonValueKind.Number => value.GetValue<long>().ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
}
