using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kops.Vfs.Gcs.Server.Objects;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>A resumable upload: takes chunks in order, says how far it has come, and makes the object when all is there.</summary>
/// <remarks>Source: "Perform resumable uploads".</remarks>
internal sealed partial class UploadSession(Bucket bucket, JsonObject resource, Preconditions conditions, ContentWriter writer, Call begin)
    : IDisposable
{
    private const long Quantum = 256 * 1024;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string? _contentType = begin.Header("X-Upload-Content-Type");
    private readonly string? _length = begin.Header("X-Upload-Content-Length");
    private StoredObject? _written;
    private bool _cancelled;

    public void Dispose()
    {
        _gate.Dispose();
        writer.Dispose();
    }

    internal async Task HandleAsync(Call call)
    {
        await _gate.WaitAsync(call.Aborted);
        try
        {
            if (_cancelled)
                throw new ApiException((HttpStatusCode)499, "cancelled", "The upload was cancelled.");
            if (call.Method == "DELETE")
            {
                if (_written is not null)
                    throw ApiException.NotFound("No such upload");
                _cancelled = true;
                writer.Dispose();
                call.Context.Response.StatusCode = 499;
                return;
            }

            if (_written is null)
                await TakeAsync(call);
            if (_written is { } written)
                await call.AnswerAsync(written.ToJson());
            else
                Continue(call);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task TakeAsync(Call call)
    {
        var header = call.Header("Content-Range");
        var match = ContentRange().Match(header ?? "bytes 0-*/*");
        if (!match.Success)
            throw ApiException.Bad($"Failed to parse Content-Range header: {header}", "badRequest");
        var total = match.Groups["total"].Value is "*" ? _length : match.Groups["total"].Value;
        if (_length is not null && total != _length)
            throw ApiException.Bad($"Invalid request. The total {total} is not the {_length} that was announced.");
        if (match.Groups["start"] is { Success: true } start)
            await AppendAsync(call, Number(start.Value), match.Groups["end"].Value, total);
        else if (call.Context.Request.ContentLength is > 0)
            throw ApiException.Bad("A request for the status has no body.");
        if (
            match.Groups["start"].Success
            && (call.Quirks.FirstChunkIsAll || (call.Quirks.ChunkWithoutTotalIsAll && match.Groups["total"].Value is "*"))
        )
        {
            Finish(call);
            return;
        }

        var open = match.Groups["start"].Success && match.Groups["end"].Value is "*" && match.Groups["total"].Value is "*";
        if (open || (total is not null && Number(total) == writer.Length))
            Finish(call);
    }

    private async Task AppendAsync(Call call, long start, string end, string? total)
    {
        if (start > writer.Length)
            throw ApiException.Bad(
                $"Invalid request. The upload stands at {writer.Length}, and the chunk begins at {start}.",
                "badRequest"
            );
        long? length = end is "*" ? null : Number(end) - start + 1;
        var last = end is "*" || (total is not null && Number(end) + 1 == Number(total));
        if (!last && length % Quantum != 0)
            throw ApiException.Bad(
                $"Invalid request. There were {length} byte(s) in the request body. Chunks but the last must be multiples of {Quantum} "
                    + $"bytes.",
                "badRequest"
            );
        if (length is not null && call.Context.Request.ContentLength is { } sent && sent != length)
            throw ApiException.Bad($"Content-Range says {length} bytes, and {sent} were sent.");

        // What the service has already is read and passed over.
        var (skip, buffer) = (writer.Length - start, new byte[64 * 1024]);
        for (int count; (count = await call.Context.Request.Body.ReadAsync(buffer, call.Aborted)) > 0; )
        {
            var part = buffer.AsMemory(0, count)[(int)Math.Min(skip, count)..];
            skip -= count - part.Length;
            await writer.AppendAsync(part, call.Aborted);
        }
    }

    private void Finish(Call call)
    {
        if (_contentType is not null && resource["contentType"] is null)
            resource["contentType"] = _contentType;
        // The conditions are checked when the object is made: others may have been there meanwhile.
        _written = UploadsApi.Write(call, bucket, resource, writer.Finish(), conditions);
    }

    private void Continue(Call call)
    {
        call.Context.Response.StatusCode = 308;
        if (writer.Length > 0)
            call.Context.Response.Headers.Range = $"bytes=0-{writer.Length - 1}";
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bytes (?:(?<start>\d+)-(?<end>\d+|\*)|\*)/(?<total>\d+|\*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ContentRange();
}
