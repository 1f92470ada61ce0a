using System.Net.Http;
using Kops.Vfs.Oss.Signing;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Transport;

/// <summary>Requests to a bucket and its objects.</summary>
internal static class OssRequests
{
    /// <summary>A request to an object; with an empty key to the bucket itself.</summary>
    internal static RestRequest To(HttpMethod method, string key, params IReadOnlyList<(string Name, string? Value)> query) =>
        new(method, "/" + OssText.EncodePath(key)) { Query = query };
}
