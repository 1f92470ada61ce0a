using System.Globalization;
using System.Text;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>The paths of a bucket's JSON API. Names are percent-encoded, slashes too, and stay so on their way.</summary>
internal sealed class GcsUris(string bucket, GcsOptions options)
{
    private readonly string _bucket = Uri.EscapeDataString(bucket);

    /// <summary>Where buckets are made.</summary>
    internal string Buckets(params ReadOnlySpan<(string Name, string? Value)> query) => Make("/storage/v1/b", query);

    /// <summary>The bucket itself.</summary>
    internal string Bucket(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/storage/v1/b/{_bucket}", query);

    /// <summary>The bucket's objects.</summary>
    internal string List(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/storage/v1/b/{_bucket}/o", query);

    /// <summary>One object.</summary>
    internal string Object(string key, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Make($"/storage/v1/b/{_bucket}/o/{Uri.EscapeDataString(key)}", query);

    /// <summary>Where objects are written.</summary>
    internal string Upload(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/upload/storage/v1/b/{_bucket}/o", query);

    /// <summary>Where an upload goes on that a server has begun.</summary>
    /// <param name="location">The address that it gave. An emulator says how it would reach itself, <c>http://0.0.0.0:4443 </c>; it is
    /// asked where it was found.</param>
    internal string Session(Uri location)
    {
        if (!location.IsAbsoluteUri)
            return new Uri(options.Endpoint, location).AbsoluteUri;
        if (
            options.Endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)
            || location.Authority == options.Endpoint.Authority
        )
            return location.AbsoluteUri;
        return options.Endpoint.GetLeftPart(UriPartial.Authority)
            + location.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);
    }

    /// <summary>A copy within the bucket.</summary>
    internal string Rewrite(string source, string target, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Make($"/storage/v1/b/{_bucket}/o/{Uri.EscapeDataString(source)}/rewriteTo/b/{_bucket}/o/{Uri.EscapeDataString(target)}", query);

    /// <summary>The value of <c>ifGenerationMatch</c> for a condition; null for none.</summary>
    internal static string? Match(WriteCondition condition) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => "0",
            WriteConditionKind.IfMatch => condition.Version.Value,
            _ => null,
        };

    /// <summary>Whether a version can be a generation: a positive number. (0 would mean "absent" to the service.)</summary>
    internal static bool IsGeneration(ObjectVersion version) =>
        long.TryParse(version.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    /// <summary>
    /// The address in front of the API's paths. For some clients emulators are named with the API's own path, which must not stand there
    /// twice.
    /// </summary>
    internal static Uri Root(Uri endpoint)
    {
        const string Api = "/storage/v1";
        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(root.EndsWith(Api, StringComparison.Ordinal) ? root[..^Api.Length] : root);
    }

    private string Make(string path, ReadOnlySpan<(string Name, string? Value)> query) =>
        RestRequest.PathWith(RestRequest.PathWith(path, query), ("userProject", options.UserProject));
}
