using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Swift;

/// <summary>One container: its requests, with their failures explained.</summary>
internal sealed class SwiftContainer(string name, string address, SwiftOptions options, TimeProvider clock) : IGuardedStore, IDisposable
{
    /// <summary>Swift's usual limit (<c>max_object_name_length</c>).</summary>
    internal const int MaxKeyBytes = 1024;

    private readonly string _path = "/" + Uri.EscapeDataString(name);
    private volatile bool _exists;

    internal string Name => name;

    internal SwiftOptions Options => options;

    internal SwiftErrors Errors { get; } = new(name, address, options);

    internal SwiftConnection Connection { get; } = new(options, clock);

    public void Dispose() => Connection.Dispose();

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes" : null;

    /// <summary>The container's path, with a query.</summary>
    internal string PathWith(params ReadOnlySpan<(string Name, string? Value)> query) => _path + Query(query);

    /// <summary>An object's path, with a query. All but letters, digits and a few marks is percent-encoded, slashes too.</summary>
    internal string PathTo(string key, params ReadOnlySpan<(string Name, string? Value)> query) =>
        $"{_path}/{Uri.EscapeDataString(key)}{Query(query)}";

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    internal async ValueTask<ServiceAnswer> SendAsync(SwiftRequest request, CancellationToken cancellationToken)
    {
        var answer = await Connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is not null)
            _exists = true;
        return answer;
    }

    /// <summary>
    /// Asks for an object, and once more where there is none: while an object is written over, Swift's object server may look after the old
    /// file is
    /// gone and before it has seen the new one, and answers that there is nothing.
    /// </summary>
    internal async ValueTask<ServiceAnswer> AskAsync(SwiftRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Failure is { IsAbsence: true } ? await SendAsync(request, cancellationToken).ConfigureAwait(false) : answer;
    }

    /// <summary>Looks an object up, in the newest of its copies; null when there is none.</summary>
    internal async ValueTask<SwiftObject?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Validate(key) is not null)
            return null;
        using var answer = await AskAsync(Head(key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return SwiftObject.Read(response, key);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, answer.Failure);
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Asks once for an object: a request within another one's retry loop.</summary>
    internal async ValueTask<(SwiftObject? Found, ServiceFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await Connection.TryAsync(Head(key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return (SwiftObject.Read(response, key), null);
        return answer.Failure!.IsAbsence ? (null, null) : (null, answer.Failure);
    }

    async ValueTask<(MarkedObject? Found, ServiceFailure? Failure)> IGuardedStore.TryFindAsync(
        string key,
        CancellationToken cancellationToken
    )
    {
        var (found, failure) = await TryFindAsync(key, cancellationToken).ConfigureAwait(false);
        return (found?.Marked, failure);
    }

    async ValueTask<MarkedObject?> IGuardedStore.FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked;

    StoreException IGuardedStore.Wrap(string operation, string key, ServiceFailure failure) => Errors.Wrap(operation, key, failure);

    string IGuardedStore.PathOf(string key) => Errors.PathOf(key);

    /// <summary>
    /// Makes sure that "not found" means the object and not the container. Once anything in it has been seen, nobody needs to ask.
    /// </summary>
    internal async ValueTask RequireAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        using var answer = await SendAsync(new SwiftRequest(HttpMethod.Head, _path), cancellationToken).ConfigureAwait(false);
        // Who may not look at the container may still read in it: the object is not there then, and the container is.
        if (answer.Failure is { } failure && failure.Status is not HttpStatusCode.Forbidden)
            throw Errors.Wrap(operation, key, failure);
    }

    /// <summary>Reads an answer of JSON.</summary>
    internal async ValueTask<JsonElement> ReadJsonAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (bytes.Length == 0)
            return default;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    private static string Query(ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    private SwiftRequest Head(string key) => new(HttpMethod.Head, PathTo(key)) { Headers = [SwiftReader.Newest] };
}
