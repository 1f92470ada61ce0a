using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Server.Objects;
using Microsoft.Extensions.Primitives;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>Objects: read, described, listed, copied, deleted.</summary>
internal sealed class ObjectsApi(ConcurrentDictionary<string, Bucket> buckets, GcsServerOptions options)
{
    private const int MaxPage = 1000;
    private readonly ConcurrentDictionary<string, (StoredObject Source, long Done)> _rewrites = new(StringComparer.Ordinal);

    internal async Task<bool> HandleAsync(Call call)
    {
        var path = call.Path is ["download", .. var rest] ? rest : call.Path;
        switch (call.Method, path)
        {
            case ("GET", ["storage", "v1", "b", var bucket, "o"]):
                await ListAsync(call, buckets.Open(call, bucket, "storage.objects.list"));
                return true;
            case ("GET" or "HEAD", ["storage", "v1", "b", var bucket, "o", var key]):
                await GetAsync(call, buckets.Open(call, bucket, "storage.objects.get", key), key);
                return true;
            case ("PATCH", ["storage", "v1", "b", var bucket, "o", var key]):
                var changes = await call.ReadJsonAsync();
                await call.AnswerAsync(
                    buckets
                        .Open(call, bucket, "storage.objects.update", key)
                        .Patch(key, Preconditions.Read(call), current => UploadsApi.Describe(current, changes, call))
                        .ToJson()
                );
                return true;
            case ("DELETE", ["storage", "v1", "b", var bucket, "o", var key]):
                buckets
                    .Open(call, bucket, "storage.objects.delete", key)
                    .Delete(key, call.Number("generation"), Preconditions.Read(call, IgnoredConditions.Deletes));
                call.Context.Response.StatusCode = call.Quirks.Terse ? 200 : 204;
                return true;
            case ("POST", ["storage", "v1", "b", _, "o", _, "rewriteTo", ..]) when call.Quirks.NoCopies:
                throw new ApiException(HttpStatusCode.NotImplemented, "notImplemented", "Not Implemented");
            case ("POST", ["storage", "v1", "b", var from, "o", var source, "rewriteTo", "b", var to, "o", var target]):
                await RewriteAsync(
                    call,
                    buckets.Open(call, from, "storage.objects.get", source),
                    source,
                    buckets.Open(call, to, "storage.objects.create", target),
                    target
                );
                return true;
            default:
                return false;
        }
    }

    private static async Task GetAsync(Call call, Bucket bucket, string key)
    {
        var found = bucket.Find(key, call.Quirks.OneGeneration ? null : call.Number("generation")) ?? throw bucket.Missing(key);
        Preconditions.Read(call).Check(found);
        if (call.Query("alt") is not "media")
        {
            await call.AnswerAsync(found.ToJson());
            return;
        }

        Stream content;
        try
        {
            content = found.Content.Open();
        }
        catch (FileNotFoundException)
        {
            throw bucket.Missing(key);
        }

        await using (content)
        {
            var response = call.Context.Response;
            var (start, end) = (0L, found.Content.Length - 1);
            if (Range(call.Header("Range"), found.Content.Length) is var (from, to))
            {
                (start, end) = (from, to);
                response.StatusCode = 206;
                response.Headers.ContentRange = $"bytes {start}-{end}/{found.Content.Length}";
            }

            response.ContentType = found.ContentType ?? "application/octet-stream";
            if (!call.Quirks.ContentWithoutLength)
                response.ContentLength = end - start + 1;
            response.Headers.LastModified = found.Updated.ToString("r", CultureInfo.InvariantCulture);
            response.Headers["X-Goog-Hash"] = new StringValues(["crc32c=" + found.Content.Crc32C, "md5=" + found.Content.Md5Text]);
            if (!call.Quirks.BareContent)
            {
                response.Headers["X-Goog-Generation"] = StoredObject.Text(found.Generation);
                response.Headers["X-Goog-Metageneration"] = StoredObject.Text(found.Metageneration);
                response.Headers["X-Goog-Stored-Content-Length"] = StoredObject.Text(found.Content.Length);
                response.Headers["X-Goog-Stored-Content-Encoding"] = found.ContentEncoding ?? "identity";
            }

            if (call.Method == "HEAD")
                return;
            content.Position = start;
            await CopyAsync(content, call, end - start + 1);
        }
    }

    private static async Task CopyAsync(Stream content, Call call, long left)
    {
        var buffer = new byte[64 * 1024];
        for (
            int count;
            left > 0 && (count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), call.Aborted)) > 0;
            left -= count
        )
            await call.Context.Response.Body.WriteAsync(buffer.AsMemory(0, count), call.Aborted);
    }

    private static (long From, long To)? Range(string? header, long length)
    {
        if (
            header is null
            || !header.StartsWith("bytes=", StringComparison.Ordinal)
            || header["bytes=".Length..].Split('-') is not [var from, var to]
        )
            return null;
        var start = from.Length == 0 ? Math.Max(0, length - long.Parse(to)) : long.Parse(from);
        var end = from.Length == 0 || to.Length == 0 ? length - 1 : Math.Min(length - 1, long.Parse(to));
        return start < length
            ? (start, end)
            : throw new ApiException(
                HttpStatusCode.RequestedRangeNotSatisfiable,
                "requestedRangeNotSatisfiable",
                "Request range not satisfiable"
            );
    }

    private static async Task ListAsync(Call call, Bucket bucket)
    {
        var (prefix, delimiter) = (call.Query("prefix") ?? string.Empty, call.Query("delimiter"));
        var size = call.Quirks.OneUnsortedPage ? int.MaxValue : (int)Math.Clamp(call.Number("maxResults") ?? MaxPage, 1, MaxPage);
        var after = call.Query("pageToken") is { } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : null;
        var (items, prefixes, last) = (new JsonArray(), new List<string>(), (string?)null);
        foreach (var row in bucket.List(prefix, call.Query("versions") is "true"))
        {
            var end = delimiter is { Length: > 0 } ? row.Name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) : -1;
            var name = end < 0 ? row.Name : row.Name[..(end + delimiter!.Length)];
            // A page ends after a name, or in the middle of its generations.
            var position = end < 0 ? $"{name}\n{row.Generation:d20}" : name;
            if (after is not null && Encoding.UTF8.GetBytes(position).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(after)) <= 0)
                continue;
            if (end >= 0 && prefixes.Count > 0 && prefixes[^1] == name)
                continue;
            if (items.Count + prefixes.Count == size)
            {
                await AnswerAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(last!)));
                return;
            }

            if (end < 0)
                items.Add(row.ToJson());
            else
                prefixes.Add(name);
            last = position;
        }

        await AnswerAsync(null);

        Task AnswerAsync(string? next)
        {
            var json = new JsonObject { ["kind"] = "storage#objects" };
            if (next is not null)
                json["nextPageToken"] = next;
            if (call.Quirks.OneUnsortedPage)
            {
                prefixes.Reverse();
                items = new JsonArray([
                    .. items
                        .Select(item => item!.DeepClone())
                        .OrderByDescending(item => (string?)item["name"], StringComparer.OrdinalIgnoreCase),
                ]);
            }

            if (prefixes.Count > 0)
                json["prefixes"] = new JsonArray([.. prefixes.Select(name => (JsonNode)name)]);
            if (items.Count > 0)
                json["items"] = items;
            return call.AnswerAsync(json);
        }
    }

    /// <summary>A copy goes in steps; the token of a step is good for that source alone.</summary>
    private async Task RewriteAsync(Call call, Bucket from, string source, Bucket to, string target)
    {
        var resource = await call.ReadJsonAsync();
        var conditions = Preconditions.Read(call, IgnoredConditions.Copies);
        var (current, done) = (from.Find(source, call.Number("sourceGeneration")) ?? throw from.Missing(source), 0L);
        if (call.Query("rewriteToken") is { } token)
            (current, done) =
                _rewrites.TryRemove(token, out var state) && state.Source.Name == source
                    ? state
                    : throw ApiException.Bad("Invalid rewriteToken.");
        conditions.Check(to.Find(target));
        UploadsApi.CheckAcl(to, call.Query("destinationPredefinedAcl"));
        done = Math.Min(current.Content.Length, done + options.BytesPerRewrite);
        var json = new JsonObject
        {
            ["kind"] = "storage#rewriteResponse",
            ["totalBytesRewritten"] = StoredObject.Text(done),
            ["objectSize"] = StoredObject.Text(current.Content.Length),
            ["done"] = done == current.Content.Length,
        };
        if (done < current.Content.Length)
        {
            var next = Guid.NewGuid().ToString("N");
            _rewrites[next] = (current, done);
            json["rewriteToken"] = next;
        }
        else
        {
            // Each object has a file of its own, which goes away with it.
            var content = current.Content;
            if (content.File is { } file)
            {
                var copy = Path.Combine(Path.GetDirectoryName(file)!, Guid.NewGuid().ToString("N"));
                File.Copy(file, copy);
                content = content with { File = copy };
            }

            json["resource"] = to.Put(
                    target,
                    conditions,
                    content,
                    written =>
                        resource.Count == 0
                            ? written with
                            {
                                ContentType = current.ContentType,
                                Metadata = current.Metadata,
                            }
                            : UploadsApi.Describe(written, resource, call) with
                            {
                                PredefinedAcl = call.Query("destinationPredefinedAcl"),
                            }
                )
                .ToJson();
        }

        await call.AnswerAsync(json);
    }
}
