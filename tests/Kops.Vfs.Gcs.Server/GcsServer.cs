using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Server.Identity;
using Kops.Vfs.Gcs.Server.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Gcs.Server;

/// <summary>
/// The part of Cloud Storage and of Google's identity services that this project's driver, or any other client, needs; with the checks that
/// the service documents. Content is kept in a directory that goes away with the server.
/// </summary>
public sealed class GcsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BucketsApi _buckets;
    private readonly ObjectsApi _objects;
    private readonly UploadsApi _uploads;
    private readonly IdentityApi _identity;
    private int _requests;

    private GcsServer(WebApplication app, GcsServerOptions options)
    {
        _app = app;
        Options = options;
        Directory = System.IO.Directory.CreateTempSubdirectory("kops-gcs-").FullName;
        var contents = new ContentStore(Directory);
        _buckets = new BucketsApi(Buckets);
        _objects = new ObjectsApi(Buckets, options);
        _uploads = new UploadsApi(Buckets, contents);
        _identity = new IdentityApi(Accounts, options);
    }

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>How it behaves.</summary>
    public GcsServerOptions Options { get; }

    /// <summary>Where it keeps contents; others may put files here that shall go away with it.</summary>
    public string Directory { get; }

    /// <summary>Who may sign in.</summary>
    public Accounts Accounts { get; } = new();

    internal ConcurrentDictionary<string, Bucket> Buckets { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts a server.</summary>
    public static async Task<GcsServer> StartAsync(GcsServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        var server = new GcsServer(app, options);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Makes a bucket.</summary>
    public void CreateBucket(string name, BucketOptions? options = null) =>
        Buckets[name] = new Bucket(name, options ?? new BucketOptions());

    /// <summary>How a bucket is set up now.</summary>
    public BucketOptions SettingsOf(string name) => Buckets[name].Options;

    /// <summary>Spoils the content of an object, as a broken disk or proxy would.</summary>
    public void Corrupt(string bucket, string key) => Buckets[bucket].Corrupt(key);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["X-GUploader-UploadID"] = $"request-{Interlocked.Increment(ref _requests)}";
        try
        {
            var call = new Call(context, Options.Quirks);
            if (await _identity.HandleAsync(call))
                return;
            call.Caller = Options.Authenticate ? Accounts.Authenticate(call.Header("Authorization")) : Accounts.Owner;
            if (!await _uploads.HandleAsync(call) && !await _buckets.HandleAsync(call) && !await _objects.HandleAsync(call))
                throw ApiException.NotFound("Not Found");
        }
        catch (ApiException e)
        {
            await RefuseAsync(context, e, Options.Quirks.Terse);
        }
        catch (JsonException e)
        {
            await RefuseAsync(context, ApiException.Bad("Parse Error: " + e.Message, "parseError"), false);
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private static async Task RefuseAsync(HttpContext context, ApiException e, bool terse)
    {
        // What is left of a body must be read, or the answer may be lost when the connection is closed.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = (int)e.Status;
        if (terse)
            return;
        if (e.Status is HttpStatusCode.Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"https://accounts.google.com/\"";
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.BodyWriter.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    error = new
                    {
                        code = (int)e.Status,
                        message = e.Message,
                        errors = new[]
                        {
                            new
                            {
                                message = e.Message,
                                domain = "global",
                                reason = e.Reason,
                            },
                        },
                    },
                }
            )
        );
    }
}
