using System.Net.Http;

namespace Kops.Vfs.Oss.Transport;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The method.</param>
/// <param name="Key">The object; empty for the bucket itself.</param>
internal sealed record OssRequest(HttpMethod Method, string Key)
{
    /// <summary>The query; a null value is a parameter without one.</summary>
    internal IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    /// <summary>Makes the body anew for each try; null for none.</summary>
    internal Func<CancellationToken, ValueTask<HttpContent>>? Body { get; init; }

    /// <summary>Headers besides those that every request has.</summary>
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the answer is content, to be read by the caller as it arrives.</summary>
    internal bool Streams { get; init; }
}
