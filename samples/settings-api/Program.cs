// A web API that keeps its settings in one object of a bucket. Run as many of it as you like: none overwrites what another wrote.
//
//   dotnet run --project samples/settings-api
//   curl -i -X PUT localhost:5000/settings -H 'If-None-Match: *' -d '{"colour":"blue"}'
//   curl -i localhost:5000/settings
//   curl -i -X PUT localhost:5000/settings -H 'If-Match: "the ETag that came"' -d '{"colour":"red"}'
//   curl -i -X PUT localhost:5000/settings/size -d '3'
//
// Settings:Address says where: memfs://… forgets, s3://bucket/settings.json does not (see Bucket.cs).
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Vfs;
using Kops.Vfs.S3;
using Microsoft.AspNetCore.Diagnostics;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKopsVfs(vfs =>
    vfs.AddLocalStores()
        .AddStores(S3Stores.Kind, (services, _) => Bucket.Read(services.GetRequiredService<IConfiguration>()))
        .AddPlace("settings", services => services.GetRequiredService<IConfiguration>()["Settings:Address"]!)
);
var app = builder.Build();

// What a store cannot do now it may do later; what it says names the place and the cure.
app.UseExceptionHandler(failed =>
    failed.Run(async context =>
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        if (error is StoreException { IsTransient: true })
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsync(error is StoreException ? "the settings cannot be reached" : "failed");
    })
);

app.MapGet(
    "/settings",
    async ([FromKeyedServices("settings")] VfsPath settings, HttpResponse response, CancellationToken cancellationToken) =>
    {
        if (await settings.ReadAsync(cancellationToken) is not { } read)
            return Results.NotFound();
        response.Headers.ETag = ETag.Of(read.Version);
        return Results.Text(read.Text, "application/json");
    }
);

// Compare and swap: who read an older version is told so, and nothing is lost.
app.MapPut(
    "/settings",
    async ([FromKeyedServices("settings")] VfsPath settings, HttpContext context, CancellationToken cancellationToken) =>
    {
        if (ETag.Condition(context.Request.Headers) is not { } condition)
            return Results.StatusCode(StatusCodes.Status428PreconditionRequired);
        if (await ReadJsonAsync(context.Request) is not JsonObject given)
            return Results.BadRequest("the settings are a JSON object");
        var outcome = await settings.WriteTextAsync(given.ToJsonString(), condition, cancellationToken);
        if (!outcome.Succeeded)
            return Results.StatusCode(StatusCodes.Status412PreconditionFailed);
        context.Response.Headers.ETag = ETag.Of(outcome.Version!.Value);
        return Results.NoContent();
    }
);

// One setting, whatever the others are: read, changed and written, and again when somebody else was quicker.
app.MapPut(
    "/settings/{name}",
    async (string name, [FromKeyedServices("settings")] VfsPath settings, HttpContext context, CancellationToken cancellationToken) =>
    {
        if (await ReadJsonAsync(context.Request) is not { } value)
            return Results.BadRequest("a setting is a JSON value");
        var version = await settings.UpdateAsync(
            old =>
            {
                var all = old is null ? [] : JsonNode.Parse(old.Bytes.Span)!.AsObject();
                all[name] = value.DeepClone();
                return JsonSerializer.SerializeToUtf8Bytes(all);
            },
            cancellationToken: cancellationToken
        );
        context.Response.Headers.ETag = ETag.Of(version!.Value);
        return Results.NoContent();
    }
);
app.Run();

static async Task<JsonNode?> ReadJsonAsync(HttpRequest request)
{
    try
    {
        return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
    }
    catch (JsonException)
    {
        return null;
    }
}
