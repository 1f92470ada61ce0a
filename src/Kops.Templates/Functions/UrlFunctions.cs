using Kops.Templates.Faults;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's <c>urlParse</c> and <c>urlJoin</c>: an address as a map of its parts, and back.</summary>
internal static class UrlFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("urlParse", [ParameterType.Text], a => Parse(a.Text(0)));
        table.Add("urlJoin", [Map], a => Join(a[0].Map));
    }

    // The parts of RFC 3986, as Go's net/url names them.
    private static TemplateMap Parse(string url)
    {
        if (url.Any(char.IsControl))
            throw new FunctionException("unable to parse url: invalid control character in URL");
        var (rest, fragment) = Cut(url, '#');
        (rest, var query) = Cut(rest, '?');
        var (scheme, opaque, user, host) = (string.Empty, string.Empty, string.Empty, string.Empty);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (
            colon > 0
            && char.IsAsciiLetter(rest[0])
            && rest[..colon].All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '-' or '.')
        )
            (scheme, rest) = (rest[..colon].ToLowerInvariant(), rest[(colon + 1)..]);
        else if (colon == 0)
            throw new FunctionException("unable to parse url: missing protocol scheme");
        if (scheme.Length > 0 && !rest.StartsWith('/'))
            (opaque, rest) = (rest, string.Empty);
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            var slash = rest.IndexOf('/', 2);
            (host, rest) = slash < 0 ? (rest[2..], string.Empty) : (rest[2..slash], rest[slash..]);
            var at = host.LastIndexOf('@');
            (user, host) = at < 0 ? (string.Empty, host) : (host[..at], host[(at + 1)..]);
        }

        return new TemplateMap
        {
            ["fragment"] = Uri.UnescapeDataString(fragment),
            ["host"] = host,
            ["hostname"] = HostName(host),
            ["opaque"] = opaque,
            ["path"] = Uri.UnescapeDataString(rest),
            ["query"] = query,
            ["scheme"] = scheme,
            ["userinfo"] = user,
        };
    }

    private static Value Join(TemplateMap parts)
    {
        string Part(string name) =>
            !parts.TryGetValue(name, out var value) ? string.Empty
            : value.IsString ? value.Text
            : throw new FunctionException($"unable to parse {name} key, must be of type string, but {KindNames.Of(value)} found");

        var (scheme, host, path, opaque) = (Part("scheme"), Part("host"), Part("path"), Part("opaque"));
        var (query, fragment, user) = (Part("query"), Part("fragment"), Part("userinfo"));
        var url = scheme.Length > 0 ? scheme + ":" : string.Empty;
        if (opaque.Length > 0)
            url += opaque;
        else
        {
            if (scheme.Length > 0 || host.Length > 0 || user.Length > 0)
                url += host.Length > 0 || path.Length > 0 || user.Length > 0 ? "//" : string.Empty;
            url += (user.Length > 0 ? user + "@" : string.Empty) + host;
            if (path.Length > 0 && path[0] != '/' && host.Length > 0)
                url += "/";
            url += Escape(path);
        }

        return url + (query.Length > 0 ? "?" + query : string.Empty) + (fragment.Length > 0 ? "#" + Escape(fragment) : string.Empty);
    }

    private static string HostName(string host)
    {
        var close = host.IndexOf(']', StringComparison.Ordinal);
        if (host.StartsWith('[') && close > 0)
            return host[1..close];
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? host : host[..colon];
    }

    private static string Escape(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(rune =>
                    rune.IsAscii
                    && (
                        char.IsAsciiLetterOrDigit((char)rune.Value)
                        || "-_.~$&+,/:;=@!*'()".Contains((char)rune.Value, StringComparison.Ordinal)
                    )
                        ? rune.ToString()
                        : Uri.EscapeDataString(rune.ToString())
                )
        );

    private static (string Before, string After) Cut(string text, char mark)
    {
        var index = text.IndexOf(mark, StringComparison.Ordinal);
        return index < 0 ? (text, string.Empty) : (text[..index], text[(index + 1)..]);
    }
}
