using System.Net;
using System.Net.Http;
using System.Text.Json;
using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs;

/// <summary>One bucket: its requests, with their failures explained.</summary>
internal sealed class GcsBucket(string name, string address, GcsOptions options, TimeProvider clock) : IDisposable
{
    private const int MaxKeyBytes = 1024;
    private volatile bool _exists;

    internal string Name => name;

    internal GcsOptions Options => options;

    internal GcsUris Uris { get; } = new(name, options);

    internal GcsErrors Errors { get; } = new(name, address, options);

    internal GcsConnection Connection { get; } = new(options, clock);

    public void Dispose() => Connection.Dispose();

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    /// <remarks>Source: "About Cloud Storage objects", object name requirements.</remarks>
    internal static string? Validate(string key) =>
        key.AsSpan().ContainsAny('\r', '\n') ? "the key holds a line end, which no object's name can here"
        : System.Text.Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes"
        : key.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal)
            ? "no object's name can begin with .well-known/acme-challenge/ here"
        : null;

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    internal async ValueTask<GcsAnswer> SendAsync(GcsRequest request, CancellationToken cancellationToken)
    {
        var answer = await Connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is not null)
            _exists = true;
        return answer;
    }

    /// <summary>Sends a request that is answered with JSON, and explains its failure.</summary>
    internal async ValueTask<JsonElement> AskAsync(
        string operation,
        string key,
        string permission,
        GcsRequest request,
        CancellationToken cancellationToken
    )
    {
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw Errors.Wrap(operation, key, permission, failure);
        return await ReadJsonAsync(operation, key, answer.Response!, cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask<JsonElement> ReadJsonAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    internal async ValueTask<GcsObject> ReadObjectAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var json = await ReadJsonAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        try
        {
            return GcsObject.Read(json);
        }
        catch (JsonException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    /// <summary>Looks an object up; null when there is none.</summary>
    internal ValueTask<GcsObject?> FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        FindAsync(operation, key, null, cancellationToken);

    /// <summary>Looks a generation of an object up, the current one for null; null when there is none.</summary>
    internal async ValueTask<GcsObject?> FindAsync(string operation, string key, string? generation, CancellationToken cancellationToken)
    {
        if (Validate(key) is not null)
            return null;
        var request = new GcsRequest(HttpMethod.Get, Uris.Object(key, ("generation", generation), ("fields", GcsObject.Fields)));
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return await ReadObjectAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, "storage.objects.get", answer.Failure);
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Makes sure that "not found" means the object and not the bucket. Once anything in the bucket has been seen, nobody needs to ask.
    /// </summary>
    internal async ValueTask RequireAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        var request = new GcsRequest(HttpMethod.Get, Uris.List(("maxResults", "1"), ("fields", "items(name)")));
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        // Who may not list may still read: the object is not there then, and the bucket is.
        if (answer.Failure is { } failure && failure.Status is not HttpStatusCode.Forbidden)
            throw Errors.Wrap(operation, key, "storage.objects.list", failure);
    }
}
