using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kops.Vfs.Oss.Server;

/// <summary>A request, taken apart.</summary>
internal sealed class Call
{
    internal Call(HttpContext context, OssQuirks quirks)
    {
        (Context, Quirks) = (context, quirks);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var path = target[0].TrimStart('/');
        // The bucket stands before the host's name, or first in the path where the host has none.
        var host = context.Request.Host.Host;
        if (System.Net.IPAddress.TryParse(host, out _) || host == "localhost")
        {
            var parts = path.Split('/', 2);
            (Bucket, RawKey) = (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? parts[1] : string.Empty);
        }
        else
        {
            (Bucket, RawKey) = (host.Split('.')[0], path);
        }

        Key = Uri.UnescapeDataString(RawKey);
        foreach (var parameter in target.Length > 1 ? target[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            var pair = parameter.Split('=', 2);
            Query[Uri.UnescapeDataString(pair[0].Replace('+', ' '))] =
                pair.Length > 1 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : string.Empty;
        }
    }

    internal HttpContext Context { get; }

    /// <summary>In what the server is otherwise than OSS.</summary>
    internal OssQuirks Quirks { get; }

    internal string Method => Context.Request.Method;

    internal string Bucket { get; }

    internal string Key { get; }

    /// <summary>The key as it was sent.</summary>
    internal string RawKey { get; }

    internal Dictionary<string, string> Query { get; } = new(StringComparer.Ordinal);

    internal CancellationToken Aborted => Context.RequestAborted;

    internal string? Header(string name) => Context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    internal string? Parameter(string name) => Query.GetValueOrDefault(name);

    internal int Number(string name, int otherwise) =>
        int.TryParse(Parameter(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    internal async Task AnswerAsync(XElement xml, int status = 200)
    {
        Context.Response.StatusCode = status;
        if (Quirks.Namespace.Length > 0)
        {
            foreach (var element in xml.DescendantsAndSelf())
                element.Name = XName.Get(element.Name.LocalName, Quirks.Namespace);
        }

        Context.Response.ContentType = "application/xml";
        var bytes = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml);
        Context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(Method))
            await Context.Response.Body.WriteAsync(bytes, Aborted);
    }
}
