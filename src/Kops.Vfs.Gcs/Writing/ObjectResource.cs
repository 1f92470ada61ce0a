using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>What a write says of the object that it makes.</summary>
internal static class ObjectResource
{
    internal const string ContentType = "application/octet-stream";

    /// <summary>What descriptions of objects and buckets are.</summary>
    internal const string Json = "application/json; charset=UTF-8";

    /// <param name="key">The object's name; null where the address says it.</param>
    /// <param name="mark">The mark of a conditional write; null for none.</param>
    /// <param name="crc32C">The checksum that the service shall check; null where it is not known beforehand.</param>
    internal static byte[] Write(string? key, WriteMark? mark, string? crc32C = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (key is not null)
                json.WriteString("name", key);
            json.WriteString("contentType", ContentType);
            if (crc32C is not null)
                json.WriteString("crc32c", crc32C);
            if (mark is not null)
            {
                json.WriteStartObject("metadata");
                json.WriteString(WriteMark.Name, mark.Text);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
