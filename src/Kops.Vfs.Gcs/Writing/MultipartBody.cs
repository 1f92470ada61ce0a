using System.Net.Http;
using System.Net.Http.Headers;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>An upload in one request: what the object is, then its content.</summary>
internal static class MultipartBody
{
    internal static HttpContent Create(byte[] resource, ReadOnlyMemory<byte> content) =>
        new MultipartContent("related", "kops-" + Guid.NewGuid().ToString("N"))
        {
            new ByteArrayContent(resource)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "UTF-8" } },
            },
            new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(ObjectResource.ContentType) } },
        };
}
