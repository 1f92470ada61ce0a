using System.Globalization;
using System.Text.Json.Nodes;

namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>One generation of an object.</summary>
internal sealed record StoredObject(string Bucket, string Name, long Generation, Content Content, DateTimeOffset Updated)
{
    internal long Metageneration { get; init; } = 1;

    internal string? ContentType { get; init; }

    internal string? ContentEncoding { get; init; }

    internal string? PredefinedAcl { get; init; }

    internal JsonObject? Metadata { get; init; }

    internal DateTimeOffset? Deleted { get; init; }

    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{Bucket}/{Name}/{Generation}",
            ["name"] = Name,
            ["bucket"] = Bucket,
            ["generation"] = Text(Generation),
            ["metageneration"] = Text(Metageneration),
            ["contentType"] = ContentType,
            ["storageClass"] = "STANDARD",
            ["size"] = Text(Content.Length),
            ["md5Hash"] = Content.Md5Text,
            ["crc32c"] = Content.Crc32C,
            ["etag"] = Convert.ToBase64String(BitConverter.GetBytes(Generation)),
            ["timeCreated"] = Time(Updated),
            ["updated"] = Time(Updated),
        };
        if (ContentEncoding is not null)
            json["contentEncoding"] = ContentEncoding;
        if (Metadata is not null)
            json["metadata"] = Metadata.DeepClone();
        if (Deleted is { } deleted)
            json["timeDeleted"] = Time(deleted);
        if (PredefinedAcl is not null)
            json["x-predefinedAcl"] = PredefinedAcl;
        return json;
    }

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
