using System.Globalization;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>An object as the service describes it (JSON API, resource "Objects").</summary>
/// <param name="Info">What a stat says.</param>
/// <param name="Crc32C">Its checksum in base 64; null where not given.</param>
/// <param name="Mark">Who wrote it; null where the writer left no mark.</param>
/// <param name="Deleted">When it was deleted or replaced; null for the current one.</param>
/// <param name="IsCompressed">Whether it is stored compressed, and unpacked when it is read.</param>
internal sealed record GcsObject(ObjectInfo Info, string? Crc32C, WriteMark? Mark, DateTimeOffset? Deleted, bool IsCompressed)
{
    /// <summary>The members that are asked for.</summary>
    internal const string Fields = "name,size,generation,updated,md5Hash,crc32c,contentEncoding,metadata/kops-write";

    /// <summary>The members of a row in a listing.</summary>
    internal const string RowFields = "name,size,generation,updated,md5Hash";

    internal string Generation => Info.Version!.Value.Value;

    internal MarkedObject Marked => new(Info.Version!.Value, Mark);

    internal static GcsObject Read(JsonElement json) =>
        new(
            new ObjectInfo(
                json.Text("name") ?? string.Empty,
                long.TryParse(json.Number("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
                new ObjectVersion(json.Number("generation") ?? throw new JsonException("an object without a generation")),
                Time(json.Text("updated")) ?? DateTimeOffset.UnixEpoch
            )
            {
                Md5 = Md5(json.Text("md5Hash")),
            },
            json.Text("crc32c"),
            WriteMark.Parse(json.Member("metadata").Text(WriteMark.Name)),
            Time(json.Text("timeDeleted")),
            json.Text("contentEncoding") is { Length: > 0 } and not "identity"
        );

    /// <summary>An MD5 as the service writes it; null where there is none, as for composite objects.</summary>
    internal static ReadOnlyMemory<byte>? Md5(string? text)
    {
        var bytes = new byte[16];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var count) && count == 16 ? bytes : null;
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
