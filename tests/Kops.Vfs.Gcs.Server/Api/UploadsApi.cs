using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Server.Objects;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>Uploads: media, multipart and resumable.</summary>
internal sealed class UploadsApi(ConcurrentDictionary<string, Bucket> buckets, ContentStore contents)
{
    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Puts what a client says of an object into it.</summary>
    internal static StoredObject Describe(StoredObject written, JsonObject resource, Call call) =>
        written with
        {
            ContentType = (string?)resource["contentType"] ?? call.Header("X-Upload-Content-Type") ?? written.ContentType,
            ContentEncoding = (string?)resource["contentEncoding"] ?? call.Query("contentEncoding") ?? written.ContentEncoding,
            Metadata = resource["metadata"] is JsonObject metadata ? (JsonObject)metadata.DeepClone() : written.Metadata,
            PredefinedAcl = call.Query("predefinedAcl") ?? written.PredefinedAcl,
        };

    internal static void CheckAcl(Bucket bucket, string? acl)
    {
        if (acl is null)
            return;
        if (bucket.Options.UniformAccess)
            throw ApiException.Bad(
                "Cannot insert legacy ACL for an object when uniform bucket-level access is enabled. Read more at "
                    + "https://cloud.google.com/storage/docs/uniform-bucket-level-access"
            );
        if (
            acl
            is not ("authenticatedRead" or "bucketOwnerFullControl" or "bucketOwnerRead" or "private" or "projectPrivate" or "publicRead")
        )
            throw ApiException.Bad($"Invalid value for field predefinedAcl: {acl}");
    }

    internal async Task<bool> HandleAsync(Call call)
    {
        if (call.Path is not ["upload", "storage", "v1", "b", var name, "o"])
            return false;
        var bucket = buckets.Open(call, name, "storage.objects.create", key: string.Empty);
        if (call.Query("upload_id") is { } id)
        {
            if (!_sessions.TryGetValue(id, out var session))
                throw ApiException.NotFound("No such upload");
            await session.HandleAsync(call);
            return true;
        }

        CheckAcl(bucket, call.Query("predefinedAcl"));
        switch (call.Query("uploadType"))
        {
            case "media":
                await WriteAsync(call, bucket, [], await contents.ReadAsync(call.Context.Request.Body, call.Aborted));
                break;
            case "multipart":
                var (resource, content) = await ReadPartsAsync(call);
                await WriteAsync(call, bucket, resource, content);
                break;
            case "resumable":
                await BeginAsync(call, bucket);
                break;
            default:
                throw ApiException.Bad("Invalid upload request", "badRequest");
        }

        return true;
    }

    internal static StoredObject Write(Call call, Bucket bucket, JsonObject resource, Content content, Preconditions conditions)
    {
        if ((string?)resource["md5Hash"] is { } md5 && md5 != content.Md5Text)
            throw ApiException.Bad($"Provided MD5 hash \"{md5}\" doesn't match calculated MD5 hash \"{content.Md5Text}\".");
        if ((string?)resource["crc32c"] is { } crc && crc != content.Crc32C)
            throw ApiException.Bad($"Provided CRC32C \"{crc}\" doesn't match calculated CRC32C \"{content.Crc32C}\".");
        var key = (string?)resource["name"] ?? call.Query("name") ?? throw ApiException.Bad("Required", "required");
        return bucket.Put(key, conditions, content, written => Describe(written, resource, call));
    }

    private static Task WriteAsync(Call call, Bucket bucket, JsonObject resource, Content content) =>
        call.AnswerAsync(Write(call, bucket, resource, content, Preconditions.Read(call, IgnoredConditions.Puts)).ToJson());

    private async Task<(JsonObject Resource, Content Content)> ReadPartsAsync(Call call)
    {
        var type = MediaTypeHeaderValue.Parse(call.Header("Content-Type"));
        if (type.MediaType != "multipart/related")
            throw ApiException.Bad("Bad content type. Please use multipart/related.", "badContent");
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, call.Context.Request.Body);
        var first = await reader.ReadNextSectionAsync(call.Aborted) ?? throw ApiException.Bad("Missing metadata part", "badContent");
        var resource = await JsonNode.ParseAsync(first.Body, cancellationToken: call.Aborted) as JsonObject ?? [];
        var second = await reader.ReadNextSectionAsync(call.Aborted) ?? throw ApiException.Bad("Missing media part", "badContent");
        return (resource, await contents.ReadAsync(second.Body, call.Aborted));
    }

    private async Task BeginAsync(Call call, Bucket bucket)
    {
        var resource = await call.ReadJsonAsync();
        var key = (string?)resource["name"] ?? call.Query("name") ?? throw ApiException.Bad("Required", "required");
        var conditions = Preconditions.Read(call, IgnoredConditions.Uploads);
        conditions.Check(bucket.Find(key));
        var id = Guid.NewGuid().ToString("N");
        resource["name"] = key;
        _sessions[id] = new UploadSession(bucket, resource, conditions, contents.Create(), call);
        var host = call.Quirks.UploadHost ?? call.Context.Request.Host.ToString();
        call.Context.Response.Headers.Location =
            $"{call.Context.Request.Scheme}://{host}/upload/storage/v1/b/{Uri.EscapeDataString(bucket.Name)}/o"
            + $"?uploadType=resumable&name={Uri.EscapeDataString(key)}"
            + (call.Query("fields") is { } fields ? $"&fields={Uri.EscapeDataString(fields)}" : string.Empty)
            + (call.Query("predefinedAcl") is { } acl ? $"&predefinedAcl={acl}" : string.Empty)
            + (call.Query("userProject") is { } project ? $"&userProject={project}" : string.Empty)
            + $"&upload_id={id}";
        call.Context.Response.Headers["X-GUploader-UploadID"] = id;
    }
}
