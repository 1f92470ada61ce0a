using System.Globalization;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Kops.Vfs.Oss.Transport;

namespace Kops.Vfs.Oss;

/// <summary>Listings (ListObjectsV2), page by page.</summary>
internal sealed class OssListing(OssBucket bucket)
{
    internal async IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var query = new List<(string, string?)> { ("list-type", "2"), ("encoding-type", "url"), ("max-keys", bucket.Options.PageSize.ToString(CultureInfo.InvariantCulture)) };
            if (prefix.Length > 0) query.Add(("prefix", prefix));
            if (depth is ListDepth.Children) query.Add(("delimiter", "/"));
            if (next is not null) query.Add(("continuation-token", next));
            var page = await bucket.AskAsync("list", prefix, "oss:ListObjects", new OssRequest(HttpMethod.Get, string.Empty) { Query = query }, cancellationToken).ConfigureAwait(false);

            // A page has its objects first and then its prefixes; together they are in order.
            var entries = page.Elements("Contents").Select(ToEntry).Concat(page.Elements("CommonPrefixes").Select(element => new ListEntry(Key(element, "Prefix"), null))).ToList();
            entries.Sort((a, b) => ObjectKey.Compare(a.Key, b.Key));
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // The markers that consoles leave for empty folders are no objects that could be read here.
                if (entry.Object is null ? entry.Key.Length > prefix.Length + 1 && IsKey(entry.Key[..^1]) : IsKey(entry.Key)) yield return entry;
            }

            next = Text(page, "IsTruncated") == "true" ? Text(page, "NextContinuationToken") : null;
        }
        while (next is { Length: > 0 });
    }

    /// <summary>A name, which is sent percent-encoded.</summary>
    internal static string Key(XElement row, string name) => Uri.UnescapeDataString(Text(row, name).Replace('+', ' '));

    internal static string Text(XElement row, string name) => row.Element(name)?.Value ?? string.Empty;

    internal static DateTimeOffset Time(XElement row) =>
        DateTimeOffset.TryParse(Text(row, "LastModified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.UnixEpoch;

    /// <summary>A row says nothing of metadata, and so of the version; the MD5 is there for what was written at once.</summary>
    internal static ObjectInfo ToInfo(XElement row, string key) => new(
        key, long.TryParse(Text(row, "Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0, null, Time(row))
    {
        Md5 = Text(row, "Type") is "Normal" or "" ? OssObject.Md5(Text(row, "ETag").Trim('"')) : null,
    };

    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;

    private static ListEntry ToEntry(XElement row)
    {
        var key = Key(row, "Key");
        return new ListEntry(key, ToInfo(row, key));
    }
}
