using System.Net.Http;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>Requests to an API server, by path and query.</summary>
internal static class KubeRequests
{
    /// <summary>Asks for an object with its content.</summary>
    internal const string Whole = "application/json";

    /// <summary>Asks for an object's metadata without its content.</summary>
    internal const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <summary>Asks for the metadata of a list's objects.</summary>
    internal const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    internal static RestRequest Get(string path, string accept) => To(HttpMethod.Get, path, accept, null);

    internal static RestRequest Post(string path, ReadOnlyMemory<byte> body) => To(HttpMethod.Post, path, Metadata, body);

    internal static RestRequest Put(string path, ReadOnlyMemory<byte> body) => To(HttpMethod.Put, path, Metadata, body);

    internal static RestRequest Delete(string path, ReadOnlyMemory<byte>? body = null) => To(HttpMethod.Delete, path, Whole, body);

    private static RestRequest To(HttpMethod method, string path, string accept, ReadOnlyMemory<byte>? body) =>
        new(method, path) { Headers = [("Accept", accept)], Body = body is { } json ? RestRequest.Bytes(json, "application/json") : null };
}
