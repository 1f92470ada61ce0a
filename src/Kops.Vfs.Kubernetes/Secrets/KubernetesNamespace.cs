using System.Net;
using System.Text.Json;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>One namespace of a cluster: its requests, with their failures explained.</summary>
internal sealed class KubernetesNamespace : RestContainer
{
    private const int MaxKeyBytes = 1024;
    private readonly string _name;

    internal KubernetesNamespace(string? context, string name, string address, KubernetesOptions options, TimeProvider clock)
        : this(name, address, options, clock, new KubeService(context, options, clock)) { }

    private KubernetesNamespace(string name, string address, KubernetesOptions options, TimeProvider clock, KubeService service)
        : this(name, options, clock, service, new KubernetesErrors(name, address, () => service.Access, clock)) { }

    private KubernetesNamespace(string name, KubernetesOptions options, TimeProvider clock, KubeService service, KubernetesErrors errors)
        : base(new RestConnection(service, options, clock), errors, "get") =>
        (_name, Options, Clock, Errors) = (name, options, clock, errors);

    internal KubernetesOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal KubernetesErrors Errors { get; }

    protected override RestRequest Locate => KubeRequests.Get(Itself, KubeRequests.Metadata);

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        System.Text.Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes" : null;

    /// <summary>The path of the namespace's Secrets.</summary>
    internal string Secrets(params ReadOnlySpan<(string Name, string? Value)> query) =>
        RestRequest.PathWith($"/api/v1/namespaces/{_name}/secrets", query);

    /// <summary>The path of the namespace.</summary>
    internal string Itself => $"/api/v1/namespaces/{_name}";

    /// <summary>The path of one Secret.</summary>
    internal string Secret(string secret) => $"/api/v1/namespaces/{_name}/secrets/{secret}";

    /// <summary>The answer as JSON, which the caller disposes: a part of a long object is large, and its memory is used again.</summary>
    internal async ValueTask<JsonDocument> ReadAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AnswerBody.ReadJsonAsync(response, JsonValueKind.Object, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    /// <summary>Looks an object up; null when there is none.</summary>
    internal async ValueTask<SecretObject?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        using var metadata = await GetAsync(operation, key, SecretNames.Of(key), KubeRequests.Metadata, cancellationToken)
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
        using var answer = await SendAsync(KubeRequests.Get(Secret(secret), accept), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return await ReadAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, answer.Failure, "get");
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <remarks>Lists of a namespace that is not there are just empty.</remarks>
    protected override bool ShowsContainer(RestRequest request) =>
        !(request.Method == HttpMethod.Get && request.Path.Contains('?', StringComparison.Ordinal));
}
