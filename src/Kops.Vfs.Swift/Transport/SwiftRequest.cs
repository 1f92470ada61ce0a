using System.Net.Http;

namespace Kops.Vfs.Swift.Transport;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the account, percent-encoded, with its query.</param>
internal sealed record SwiftRequest(HttpMethod Method, string Path)
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Makes the body anew for each try; null for none.</summary>
    internal Func<CancellationToken, ValueTask<HttpContent>>? Body { get; init; }

    /// <summary>Headers besides those that every request has.</summary>
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the answer is content, to be read by the caller as it arrives.</summary>
    internal bool Streams { get; init; }

    internal async ValueTask<HttpRequestMessage> CreateAsync(Uri account, CancellationToken cancellationToken)
    {
        var content = Body is null ? null : await Body(cancellationToken).ConfigureAwait(false);
        var request = new HttpRequestMessage(Method, new Uri(account.AbsoluteUri + Path, AsWritten)) { Content = content };
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
