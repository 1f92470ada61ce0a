using System.Collections.Concurrent;
using System.Net;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Oss.Server;

/// <summary>
/// The part of Alibaba Cloud's object storage that this project's driver, or any other client, needs; with the checks that the service
/// documents: signatures (versions 1 and 4), digests, what may not be overwritten. Large contents are in a directory that goes away with
/// it.
/// </summary>
public sealed class OssServer : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kops-oss-").FullName;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Signatures _signatures;
    private readonly ObjectsApi _objects;
    private int _requests;

    private OssServer(WebApplication app, OssServerOptions options)
    {
        (_app, Options, _signatures) = (app, options, new Signatures(options));
        _objects = new ObjectsApi(this, _directory);
    }

    /// <summary>Who may sign in.</summary>
    public OssServerOptions Options { get; }

    /// <summary>Where the server listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts a server on a port that is free.</summary>
    public static async Task<OssServer> StartAsync(OssServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = new OssServer(builder.Build(), options);
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Makes a bucket.</summary>
    public void CreateBucket(string name, bool versioning = false) => _buckets[name] = new Bucket(versioning);

    /// <summary>A part of a bucket's configuration (<c>policy</c>, <c>lifecycle</c>) as it was written; null for none.</summary>
    public string? SettingOf(string bucket, string name) =>
        _buckets[bucket].Settings.TryGetValue(name, out var kept) ? System.Text.Encoding.UTF8.GetString(kept) : null;

    /// <summary>Writes it, as somebody else would.</summary>
    public void Set(string bucket, string name, string value) =>
        _buckets[bucket].Settings[name] = System.Text.Encoding.UTF8.GetBytes(value);

    /// <summary>A header that was stored with an object; null for none.</summary>
    public string? HeaderOf(string bucket, string key, string name) => _buckets[bucket].Find(key)?.Headers.GetValueOrDefault(name);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    internal Bucket BucketOf(string name) =>
        _buckets.GetValueOrDefault(name) ?? throw new ApiException(404, "NoSuchBucket", "The specified bucket does not exist.");

    private async Task HandleAsync(HttpContext context)
    {
        var id = $"{Interlocked.Increment(ref _requests):X24}";
        context.Response.Headers["x-oss-request-id"] = id;
        Call? call = null;
        try
        {
            call = new Call(context, Options.Quirks);
            var account = _signatures.Check(call);
            if (account == Options.Owner && call is { Method: "PUT", Key: "", Query.Count: 0 })
                _buckets.TryAdd(call.Bucket, new Bucket(false));
            var bucket = BucketOf(call.Bucket);
            if (account != Options.Owner && call.Method is not ("GET" or "HEAD"))
                throw new ApiException(403, "AccessDenied", "You have no right to access this object.");
            await (call.Key.Length == 0 ? BucketsApi.HandleAsync(call, bucket) : _objects.HandleAsync(call, bucket));
        }
        catch (ApiException e)
        {
            await RefuseAsync(context, call, Options, e, id);
        }
        catch (XmlException)
        {
            await RefuseAsync(
                context,
                call,
                Options,
                new ApiException(400, "MalformedXML", "The XML you provided was not well-formed."),
                id
            );
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private static async Task RefuseAsync(HttpContext context, Call? call, OssServerOptions options, ApiException e, string id)
    {
        // What is left of a body must be read, or the answer may be lost when the connection is closed.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await (call ?? new Call(context, options.Quirks)).AnswerAsync(
            new XElement(
                "Error",
                new XElement("Code", e.Code),
                new XElement("Message", e.Message),
                new XElement("RequestId", id),
                new XElement("HostId", context.Request.Host)
            ),
            e.Status
        );
    }
}
