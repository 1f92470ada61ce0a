using System.Net.Http;

namespace Kops.Vfs.Oss.Signing;

/// <summary>A request's headers, as they are signed.</summary>
internal static class OssHeaders
{
    /// <summary>Names in lower case, values without blanks around them.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(HttpRequestMessage message) =>
        (
            message.Content is { } content
                ? message.Headers.NonValidated.Concat(content.Headers.NonValidated)
                : message.Headers.NonValidated
        ).Select(header => (header.Key.ToLowerInvariant(), string.Join(',', header.Value).Trim()));
}
