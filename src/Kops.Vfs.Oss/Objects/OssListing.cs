using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Objects;

/// <summary>Listings (ListObjectsV2), page by page.</summary>
internal sealed class OssListing(OssBucket bucket)
{
    /// <summary>What a name that was sent percent-encoded can hold. Some servers say that they do so, and do not.</summary>
    private static readonly SearchValues<char> Encoded = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~*!'()%+/:@&=,;$"
    );

    private volatile bool _encodingKnown = !bucket.Options.Probe;
    private volatile bool _namesAreRaw;
    private volatile bool _groupingKnown = !bucket.Options.Probe;
    private volatile bool _cannotGroup;

    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var groups = depth is ListDepth.Children && !await CannotGroupAsync(prefix, cancellationToken).ConfigureAwait(false);
        var entries = PagesAsync(prefix, groups, cancellationToken);
        await foreach (var entry in (groups || depth is ListDepth.Tree ? entries : GroupAsync(prefix, entries)).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ListPage.Row(prefix, entry) is { } row)
                yield return row;
        }
    }

    /// <summary>How the names in an answer are to be read: the server says whether it encoded them.</summary>
    internal static Func<string, string> Decoder(XElement page)
    {
        if (!string.Equals(Text(page, "EncodingType"), "url", StringComparison.OrdinalIgnoreCase))
            return name => name;
        var names = page.Descendants().Where(element => element.Name.LocalName is "Key" or "Prefix" or "NextMarker" or "NextKeyMarker");
        return names.Any(element => element.Value.AsSpan().ContainsAnyExcept(Encoded))
            ? name => name
            : name => Uri.UnescapeDataString(name.Replace('+', ' '));
    }

    internal static string Text(XElement row, string name) => row.Element(name)?.Value ?? string.Empty;

    internal static DateTimeOffset Time(XElement row) =>
        DateTimeOffset.TryParse(Text(row, "LastModified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.UnixEpoch;

    /// <summary>A row says nothing of metadata, and so of the version; the MD5 is there for what was written at once.</summary>
    internal static ObjectInfo ToInfo(XElement row, string key) =>
        new(
            key,
            long.TryParse(Text(row, "Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
            null,
            Time(row)
        )
        {
            Md5 = Text(row, "Type") is "Normal" or "" ? Md5Checksum.Parse(Text(row, "ETag").Trim('"')) : null,
        };

    private static RestRequest Request(string prefix, bool groups, string? token, string? marker, string maxKeys)
    {
        var query = new List<(string, string?)> { ("encoding-type", "url"), ("max-keys", maxKeys) };
        if (marker is null)
            query.Add(("list-type", "2"));
        if (prefix.Length > 0)
            query.Add(("prefix", prefix));
        if (groups)
            query.Add(("delimiter", "/"));
        if (token is not null)
            query.Add(("continuation-token", token));
        if (marker is not null)
            query.Add(("marker", marker));
        return OssRequests.To(HttpMethod.Get, string.Empty, query);
    }

    /// <summary>A page has its objects first and then its prefixes; together they are in order.</summary>
    private async ValueTask<List<ListEntry>> EntriesAsync(XElement page, CancellationToken cancellationToken)
    {
        var decode = await DecoderAsync(page, cancellationToken).ConfigureAwait(false);
        var entries = page.Elements("Contents")
            .Select(row => ToEntry(row, decode(Text(row, "Key"))))
            .Concat(
                page.Elements("CommonPrefixes")
                    .SelectMany(row => row.Elements("Prefix"))
                    .Select(name => new ListEntry(decode(name.Value), null))
            )
            .ToList();
        entries.Sort((a, b) => ObjectKey.Compare(a.Key, b.Key));
        return entries;
    }

    private static ListEntry ToEntry(XElement row, string key) => new(key, ToInfo(row, key));

    private static bool HasMore(XElement page) => string.Equals(Text(page, "IsTruncated"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>One level of a listing of everything below it.</summary>
    private static async IAsyncEnumerable<ListEntry> GroupAsync(string prefix, IAsyncEnumerable<ListEntry> entries)
    {
        string? last = null;
        await foreach (var entry in entries.ConfigureAwait(false))
        {
            var slash = entry.Key.IndexOf('/', prefix.Length);
            if (slash < 0)
                yield return entry;
            else if (last is null || !entry.Key.StartsWith(last, StringComparison.Ordinal))
                yield return new ListEntry(last = entry.Key[..(slash + 1)], null);
        }
    }

    private async IAsyncEnumerable<ListEntry> PagesAsync(
        string prefix,
        bool groups,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (string? next = null; ; )
        {
            var page = await AskAsync(prefix, groups, next, null, cancellationToken).ConfigureAwait(false);
            var entries = await EntriesAsync(page, cancellationToken).ConfigureAwait(false);
            var more = HasMore(page);
            next = more ? Text(page, "NextContinuationToken") : null;
            // A server that knows the older listing alone gives no token.
            if (more && next is not { Length: > 0 })
                entries = await AllAsync(prefix, groups, page, entries, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
                yield return entry;
            if (next is not { Length: > 0 })
                yield break;
        }
    }

    /// <summary>
    /// All that follows a page in the older listing (ListObjects), and the page; such servers may have it in another order.
    /// </summary>
    private async ValueTask<List<ListEntry>> AllAsync(
        string prefix,
        bool groups,
        XElement page,
        List<ListEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var all = new SortedDictionary<string, ListEntry>(Comparer<string>.Create(ObjectKey.Compare));
        foreach (var entry in entries)
            all[entry.Key] = entry;
        for (string? last = null; HasMore(page); )
        {
            var marker =
                Text(page, "NextMarker") is { Length: > 0 } given
                    ? (await DecoderAsync(page, cancellationToken).ConfigureAwait(false))(given)
                : entries.Count > 0 ? entries[^1].Key
                : null;
            if (marker is null || marker == last)
                throw bucket.Errors.Malformed("list", prefix, new InvalidDataException("a page is followed by itself"));
            last = marker;
            page = await AskAsync(prefix, groups, null, marker, cancellationToken).ConfigureAwait(false);
            entries = await EntriesAsync(page, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
                all[entry.Key] = entry;
        }

        return [.. all.Values];
    }

    /// <summary>
    /// The same, where a server's word is not to be trusted: the first name that would be another when it is decoded is looked for.
    /// </summary>
    private async ValueTask<Func<string, string>> DecoderAsync(XElement page, CancellationToken cancellationToken)
    {
        var decode = Decoder(page);
        if (
            !_encodingKnown
            && page.Elements("Contents").Select(row => Text(row, "Key")).FirstOrDefault(name => decode(name) != name) is { } name
        )
        {
            _namesAreRaw =
                await bucket.FindAsync("list", decode(name), cancellationToken).ConfigureAwait(false) is null
                && await bucket.FindAsync("list", name, cancellationToken).ConfigureAwait(false) is not null;
            _encodingKnown = true;
        }

        return _namesAreRaw ? name => name : decode;
    }

    private ValueTask<XElement> AskAsync(string prefix, bool groups, string? token, string? marker, CancellationToken cancellationToken) =>
        bucket.AskXmlAsync(
            "list",
            prefix,
            "oss:ListObjects",
            "ListBucketResult",
            Request(prefix, groups, token, marker, MaxKeys),
            cancellationToken
        );

    private string MaxKeys => bucket.Options.PageSize.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether this is a server that fails at a listing of one level, and not at one of everything.</summary>
    private async ValueTask<bool> CannotGroupAsync(string prefix, CancellationToken cancellationToken)
    {
        if (_groupingKnown)
            return _cannotGroup;
        using var answer = await bucket
            .Connection.Retry.RunAsync(
                async token =>
                {
                    var grouped = await bucket.Connection.TryAsync(Request(prefix, true, null, null, "1"), token).ConfigureAwait(false);
                    if (
                        grouped.Failure
                        is not { Status: HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented or HttpStatusCode.BadRequest }
                    )
                        return grouped;
                    var plain = await bucket.Connection.TryAsync(Request(prefix, false, null, null, "1"), token).ConfigureAwait(false);
                    _cannotGroup = plain.Response is not null;
                    return _cannotGroup ? plain : grouped;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("list", prefix, failure, "oss:ListObjects");
        _groupingKnown = true;
        return _cannotGroup;
    }
}
