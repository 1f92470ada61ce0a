using System.Globalization;
using System.Xml.Linq;

namespace Kops.Vfs.Oss.Server;

/// <summary>The rows of listings.</summary>
internal static class Rows
{
    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static XElement Owner() => new("Owner", new XElement("ID", "1305433xxx"), new XElement("DisplayName", "1305433xxx"));

    internal static XElement Object(string name, string key, StoredObject stored, params object?[] more) =>
        new(
            name,
            new XElement("Key", key),
            new XElement("LastModified", Time(stored.Modified)),
            new XElement("ETag", stored.ETag),
            new XElement("Type", stored.Type),
            new XElement("Size", stored.Content!.Length),
            new XElement("StorageClass", "Standard"),
            more
        );

    /// <summary>How names are encoded; null where they are not.</summary>
    internal static XElement? EncodingType(Call call) =>
        call.Parameter("encoding-type") == "url" ? new XElement("EncodingType", "url") : null;

    /// <summary>Names as the caller wants them.</summary>
    internal static Func<string, string> Encoding(Call call) =>
        call.Parameter("encoding-type") == "url" && !call.Quirks.NamesAsTheyAre ? Uri.EscapeDataString : name => name;
}
