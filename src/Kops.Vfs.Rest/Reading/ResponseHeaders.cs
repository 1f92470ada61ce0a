using System.Net.Http;

namespace Kops.Vfs.Rest.Reading;

/// <summary>Headers of answers, wherever .NET keeps them.</summary>
public static class ResponseHeaders
{
    /// <summary>A header's value; null where there is none.</summary>
    public static string? Header(this HttpResponseMessage response, string name)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;
    }
}
