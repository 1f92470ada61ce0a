using System.Net;
using System.Text.Json;
using Kops.Vfs.Kubernetes.Transport;

namespace Kops.Vfs.Kubernetes;

/// <summary>One namespace of a cluster: its requests, with their failures explained.</summary>
internal sealed class KubernetesNamespace(string? context, string name, string address, KubernetesOptions options, TimeProvider clock)
    : IDisposable
{
    private const int MaxKeyBytes = 1024;
    private readonly KubeConnection _connection = new(context, options, clock);
    private volatile bool _exists;

    internal KubernetesOptions Options => options;

    internal TimeProvider Clock => clock;

    internal KubernetesErrors Errors => new(name, address, _connection.Access, clock);

    public void Dispose() => _connection.Dispose();

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        System.Text.Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes" : null;

    /// <summary>The path of the namespace's Secrets.</summary>
    internal string Secrets(params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var path = $"/api/v1/namespaces/{name}/secrets";
        var separator = '?';
        foreach (var (parameter, value) in query)
        {
            if (value is null)
                continue;
            path += $"{separator}{parameter}={Uri.EscapeDataString(value)}";
            separator = '&';
        }

        return path;
    }

    /// <summary>The path of the namespace.</summary>
    internal string Itself => $"/api/v1/namespaces/{name}";

    /// <summary>The path of one Secret.</summary>
    internal string Secret(string secret) => $"/api/v1/namespaces/{name}/secrets/{secret}";

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    internal async ValueTask<KubeAnswer> SendAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // Lists of a namespace that is not there are just empty.
        if (answer.Response is not null && !(request.Method == HttpMethod.Get && request.Path.Contains('?', StringComparison.Ordinal)))
            _exists = true;
        return answer;
    }

    /// <summary>The answer as JSON, which the caller disposes: a part of a long object is large, and its memory is used again.</summary>
    internal async ValueTask<JsonDocument> ReadJsonAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await JsonDocument
                .ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    /// <summary>Looks an object up; null when there is none.</summary>
    internal async ValueTask<SecretObject?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        using var metadata = await GetAsync(operation, key, SecretNames.Of(key), KubeRequest.Metadata, cancellationToken)
            .ConfigureAwait(false);
        if (metadata is null)
            return null;
        return SecretObject.Read(metadata.RootElement) ?? throw Errors.Foreign(operation, key, SecretNames.Of(key));
    }

    /// <summary>Gets a Secret, or its metadata; null when there is none.</summary>
    internal async ValueTask<JsonDocument?> GetAsync(
        string operation,
        string key,
        string secret,
        string accept,
        CancellationToken cancellationToken
    )
    {
        if (Validate(key) is not null)
            return null;
        using var answer = await SendAsync(new KubeRequest(HttpMethod.Get, Secret(secret)) { Accept = accept }, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Response is { } response)
            return await ReadJsonAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, "get", answer.Failure);
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Makes sure that "not found" means the object and not the namespace. Once anything in the namespace has been seen, nobody needs to
    /// ask.
    /// </summary>
    internal async ValueTask RequireAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        using var answer = await SendAsync(new KubeRequest(HttpMethod.Get, Itself) { Accept = KubeRequest.Metadata }, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is not { } failure)
            return;
        // Who may not look at the namespace may still read its Secrets.
        if (failure.Status is HttpStatusCode.Forbidden)
            _exists = true;
        else
            throw Errors.Wrap(operation, key, "get", failure);
    }
}
