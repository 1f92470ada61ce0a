using System.Net.Http.Headers;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query on the API server.</param>
internal sealed record KubeRequest(HttpMethod Method, string Path)
{
    /// <summary>Asks for an object's metadata without its content.</summary>
    internal const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <summary>Asks for the metadata of a list's objects.</summary>
    internal const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>A body of JSON; null for none.</summary>
    internal ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>What is asked for.</summary>
    internal string Accept { get; init; } = "application/json";

    internal static KubeRequest Post(string path, ReadOnlyMemory<byte> body) =>
        new(HttpMethod.Post, path) { Body = body, Accept = Metadata };

    internal static KubeRequest Put(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Put, path) { Body = body, Accept = Metadata };

    internal HttpRequestMessage Create(Uri server)
    {
        var request = new HttpRequestMessage(Method, new Uri(server.AbsoluteUri.TrimEnd('/') + Path));
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Body is { } body)
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }
}
