using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Server.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>A request, cut into what the API is made of.</summary>
internal sealed class Call
{
    internal Call(HttpContext context, EmulatorQuirks quirks)
    {
        Context = context;
        Quirks = quirks;
        // The path as it came: a slash that is percent-encoded belongs to a name.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = target.Split('?', 2)[0];
        Path = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
    }

    internal HttpContext Context { get; }

    /// <summary>In what the server is worse than the service.</summary>
    internal EmulatorQuirks Quirks { get; }

    internal string Method => Context.Request.Method;

    internal string[] Path { get; }

    internal Account Caller { get; set; } = null!;

    internal CancellationToken Aborted => Context.RequestAborted;

    internal string? Query(string name) => Context.Request.Query[name] is { Count: > 0 } values ? values[0] : null;

    internal string? Header(string name) => Context.Request.Headers[name] is { Count: > 0 } values ? values[0] : null;

    internal long? Number(string name) =>
        Query(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw ApiException.Bad($"Invalid long value: '{text}'.");

    internal async Task<JsonObject> ReadJsonAsync() =>
        Context.Request.ContentLength is 0
            ? []
            : await JsonNode.ParseAsync(Context.Request.Body, cancellationToken: Aborted) as JsonObject ?? [];

    /// <summary>Answers with JSON, cut down to what <c>fields</c> asks for.</summary>
    internal async Task AnswerAsync(JsonObject json, int status = 200)
    {
        if (!Quirks.LooseJson && Query("fields") is { } fields)
            json = FieldMask.Apply(json, fields);
        Context.Response.StatusCode = status;
        Context.Response.ContentType = "application/json; charset=UTF-8";
        await Context.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(json), Aborted);
    }
}
