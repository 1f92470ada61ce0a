using System.Net.Http;
using System.Net.Http.Headers;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The method.</param>
/// <param name="Uri">The address.</param>
internal sealed record GcsRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>Makes the body anew for each try; null for none.</summary>
    internal Func<HttpContent>? Body { get; init; }

    /// <summary>Headers besides those that every request has.</summary>
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the answer is content, to be read by the caller as it arrives.</summary>
    internal bool Streams { get; init; }

    internal HttpRequestMessage Create()
    {
        var request = new HttpRequestMessage(Method, Uri) { Content = Body?.Invoke() };
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>A body of JSON.</summary>
    internal static Func<HttpContent> Json(ReadOnlyMemory<byte> json) =>
        () =>
            new ReadOnlyMemoryContent(json)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "UTF-8" } },
            };
}
