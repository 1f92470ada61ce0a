using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Kops.Vfs.Oss.Server;

/// <summary>Requests to one object.</summary>
internal sealed class ObjectsApi(OssServer server, string directory)
{
    private const int MinPartBytes = 100 * 1024;

    internal Task HandleAsync(Call call, Bucket bucket) =>
        (call.Method, call.Query.ContainsKey("uploads"), call.Parameter("uploadId")) switch
        {
            ("GET" or "HEAD", _, null) => GetAsync(call, bucket),
            ("PUT", _, null) when call.Header("x-oss-copy-source") is { } source => CopyAsync(call, bucket, source),
            ("PUT", _, null) => PutAsync(call, bucket),
            ("DELETE", _, null) => DeleteAsync(call, bucket),
            ("POST", true, _) => BeginAsync(call, bucket),
            ("PUT", _, { } id) => PutPartAsync(call, bucket, id),
            ("POST", _, { } id) => CompleteAsync(call, bucket, id),
            ("DELETE", _, { } id) => AbortAsync(call, bucket, id),
            _ => throw new ApiException(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
        };

    private static Dictionary<string, string> HeadersOf(Call call) =>
        call
            .Context.Request.Headers.Where(header =>
                !call.Quirks.NoMetadata && !(call.Quirks.BarePartUploads && call.Query.ContainsKey("uploads"))
            )
            .Where(header =>
                header.Key.StartsWith("x-oss-meta-", StringComparison.OrdinalIgnoreCase)
                || header.Key.Equals("x-oss-server-side-encryption", StringComparison.OrdinalIgnoreCase)
            )
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());

    private static bool ForbidsOverwrite(Call call) =>
        !call.Quirks.OverwritesAlways && string.Equals(call.Header("x-oss-forbid-overwrite"), "true", StringComparison.OrdinalIgnoreCase);

    private static async Task GetAsync(Call call, Bucket bucket)
    {
        StoredObject? found;
        lock (bucket.Gate)
            found = bucket.Find(call.Key, call.Parameter("versionId"));
        if (found?.Content is not { } content)
            throw ApiException.NoSuchKey();
        var response = call.Context.Response;
        if (!HttpMethods.IsHead(call.Method) || !call.Quirks.HeadWithoutMetadata)
        {
            foreach (var (name, value) in found.Headers)
                response.Headers[name] = value;
        }

        response.Headers.ETag = found.ETag;
        response.Headers.LastModified = found.Modified.ToString("r", CultureInfo.InvariantCulture);
        response.Headers["x-oss-object-type"] = found.Type;
        if (bucket.Versioning)
            response.Headers["x-oss-version-id"] = found.VersionId;
        long from = 0;
        if (
            call.Header("Range") is { } range
            && long.TryParse(
                range.Replace("bytes=", string.Empty, StringComparison.Ordinal).TrimEnd('-'),
                CultureInfo.InvariantCulture,
                out var start
            )
        )
        {
            if (start < content.Length)
            {
                from = start;
                response.StatusCode = 206;
                response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
            }
            else if (call.Header("x-oss-range-behavior") == "standard")
            {
                throw new ApiException(416, "InvalidRange", "The requested range cannot be satisfied");
            }
        }

        if (!call.Quirks.ContentWithoutLength || HttpMethods.IsHead(call.Method))
            response.ContentLength = content.Length - from;
        if (HttpMethods.IsHead(call.Method))
            return;
        await using var stream = content.Open();
        stream.Position = from;
        await stream.CopyToAsync(response.Body, call.Aborted);
    }

    private async Task PutAsync(Call call, Bucket bucket)
    {
        var content = await ReadAsync(call);
        Answer(call, bucket, bucket.Put(call.Key, content, $"\"{content.Hex}\"", "Normal", HeadersOf(call), ForbidsOverwrite(call)));
    }

    private async Task CopyAsync(Call call, Bucket bucket, string source)
    {
        var parts = Uri.UnescapeDataString(source).TrimStart('/').Split('/', 2);
        var from = server.BucketOf(parts[0]);
        StoredObject? found;
        lock (from.Gate)
            found = from.Find(parts[1]);
        if (found?.Content is not { } content)
            throw ApiException.NoSuchKey();
        if (content.Length > 1L << 30)
            throw new ApiException(400, "EntityTooLarge", "The object is too large to be copied at once.");
        var headers = call.Header("x-oss-metadata-directive") == "REPLACE" ? HeadersOf(call) : found.Headers;
        var stored = bucket.Put(call.Key, content, $"\"{content.Hex}\"", "Normal", headers, ForbidsOverwrite(call));
        await call.AnswerAsync(
            new XElement("CopyObjectResult", new XElement("ETag", stored.ETag), new XElement("LastModified", Rows.Time(stored.Modified)))
        );
    }

    private static Task DeleteAsync(Call call, Bucket bucket)
    {
        bucket.Delete(call.Key, call.Parameter("versionId"));
        call.Context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static async Task BeginAsync(Call call, Bucket bucket)
    {
        var id = Guid.NewGuid().ToString("N").ToUpperInvariant();
        lock (bucket.Gate)
        {
            if (ForbidsOverwrite(call) && !bucket.Versioning && bucket.Find(call.Key) is not null)
                throw new ApiException(409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.");
            bucket.Uploads[id] = new Upload(call.Key, HeadersOf(call));
        }

        await call.AnswerAsync(
            new XElement(
                "InitiateMultipartUploadResult",
                new XElement("Bucket", call.Bucket),
                new XElement("Key", call.Key),
                new XElement("UploadId", id)
            )
        );
    }

    private async Task PutPartAsync(Call call, Bucket bucket, string id)
    {
        var content = await ReadAsync(call);
        var number = call.Number("partNumber", 0);
        if (number is < 1 or > 10_000)
            throw ApiException.Bad("Part number must be an integer between 1 and 10000, inclusive.");
        lock (bucket.Gate)
        {
            if (!bucket.Uploads.TryGetValue(id, out var upload) || upload.Key != call.Key)
                throw ApiException.NoSuchUpload();
            upload.Parts[number] = content;
        }

        if (!call.Quirks.BarePartUploads)
            call.Context.Response.Headers.ETag = $"\"{content.Hex}\"";
    }

    private async Task CompleteAsync(Call call, Bucket bucket, string id)
    {
        var wanted = (await XElement.LoadAsync(call.Context.Request.Body, LoadOptions.None, call.Aborted))
            .Elements("Part")
            .Select(part => (Number: (int)part.Element("PartNumber")!, ETag: part.Element("ETag")!.Value.Trim('"')))
            .ToList();
        Upload? upload;
        lock (bucket.Gate)
        {
            if (!bucket.Uploads.TryGetValue(id, out upload) || upload.Key != call.Key)
                throw ApiException.NoSuchUpload();
        }

        if (wanted.Any(part => !upload.Parts.TryGetValue(part.Number, out var there) || there.Hex != part.ETag))
            throw new ApiException(
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's "
                    + "entity tag."
            );
        if (wanted.SkipLast(1).Any(part => upload.Parts[part.Number].Length < MinPartBytes))
            throw new ApiException(400, "EntityTooSmall", "Your proposed upload smaller than the minimum allowed size.");
        var content = await Content.ReadAsync(directory, wanted.Select(part => upload.Parts[part.Number].Open()), call.Aborted);
        var stored = bucket.Put(
            call.Key,
            content,
            call.Quirks.BarePartUploads ? "\"\"" : $"\"{content.Hex}-{wanted.Count}\"",
            "Multipart",
            call.Quirks.BarePartUploads ? HeadersOf(call) : upload.Headers,
            ForbidsOverwrite(call)
        );
        lock (bucket.Gate)
            bucket.Uploads.Remove(id);
        foreach (var part in upload.Parts.Values.Where(part => part.File is not null))
            File.Delete(part.File!);
        if (bucket.Versioning)
            call.Context.Response.Headers["x-oss-version-id"] = stored.VersionId;
        await call.AnswerAsync(
            new XElement(
                "CompleteMultipartUploadResult",
                new XElement("Bucket", call.Bucket),
                new XElement("Key", call.Key),
                new XElement("ETag", stored.ETag)
            )
        );
    }

    private static Task AbortAsync(Call call, Bucket bucket, string id)
    {
        if (call.Quirks.BarePartUploads)
            throw new ApiException(501, "NotImplemented", "A header you provided implies functionality that is not implemented.");
        lock (bucket.Gate)
        {
            if (!bucket.Uploads.Remove(id))
                throw ApiException.NoSuchUpload();
        }

        call.Context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static void Answer(Call call, Bucket bucket, StoredObject stored)
    {
        call.Context.Response.Headers.ETag = stored.ETag;
        if (bucket.Versioning)
            call.Context.Response.Headers["x-oss-version-id"] = stored.VersionId;
    }

    private async Task<Content> ReadAsync(Call call)
    {
        var content = await Content.ReadAsync(directory, [call.Context.Request.Body], call.Aborted);
        if (call.Header("Content-MD5") is { } digest && digest != Convert.ToBase64String(content.Md5))
            throw new ApiException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        return content;
    }
}
