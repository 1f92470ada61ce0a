using System.Globalization;
using System.Text;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>The addresses of a bucket's JSON API. Names are percent-encoded, slashes too, and stay so on their way.</summary>
internal sealed class GcsUris(string bucket, GcsOptions options)
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly string _root = Root(options.Endpoint);
    private readonly string _bucket = Uri.EscapeDataString(bucket);

    /// <summary>Where buckets are made.</summary>
    internal Uri Buckets(params ReadOnlySpan<(string Name, string? Value)> query) => Make("/storage/v1/b", query);

    /// <summary>The bucket itself.</summary>
    internal Uri Bucket(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/storage/v1/b/{_bucket}", query);

    /// <summary>The bucket's objects.</summary>
    internal Uri List(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/storage/v1/b/{_bucket}/o", query);

    /// <summary>One object.</summary>
    internal Uri Object(string key, params ReadOnlySpan<(string Name, string? Value)> query) =>
        Make($"/storage/v1/b/{_bucket}/o/{Uri.EscapeDataString(key)}", query);

    /// <summary>Where objects are written.</summary>
    internal Uri Upload(params ReadOnlySpan<(string Name, string? Value)> query) => Make($"/upload/storage/v1/b/{_bucket}/o", query);

    /// <summary>Where an upload goes on that a server has begun.</summary>
    /// <param name="location">The address that it gave. An emulator says how it would reach itself, <c>http://0.0.0.0:4443 </c>; it is
    /// asked where it was found.</param>
    internal Uri Session(Uri location)
    {
        if (!location.IsAbsoluteUri)
            return new Uri(options.Endpoint, location);
        if (
            options.Endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)
            || location.Authority == options.Endpoint.Authority
        )
            return location;
        return new Uri(
            options.Endpoint.GetLeftPart(UriPartial.Authority) + location.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped),
            AsWritten
        );
    }

    /// <summary>A copy within the bucket.</summary>
    internal Uri Rewrite(string source, string target, params ReadOnlySpan<(string Name, string? Value)> query) =>
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
    private static string Root(Uri endpoint)
    {
        const string Api = "/storage/v1";
        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return root.EndsWith(Api, StringComparison.Ordinal) ? root[..^Api.Length] : root;
    }

    private Uri Make(string path, ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(_root).Append(path);
        var separator = '?';
        foreach (var (name, value) in query)
            Add(name, value);
        Add("userProject", options.UserProject);
        return new Uri(text.ToString(), AsWritten);

        void Add(string name, string? value)
        {
            if (value is null)
                return;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
    }
}
