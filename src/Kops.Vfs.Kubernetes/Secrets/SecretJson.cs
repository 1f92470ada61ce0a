using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>Secrets as they are sent.</summary>
internal static class SecretJson
{
    internal const string DataKey = "content";
    private const string ObjectType = "store.kops.k8s.io/object";
    private const string PartType = "store.kops.k8s.io/part";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The Secret of an object.</summary>
    /// <param name="key">The object.</param>
    /// <param name="resourceVersion">The version that it replaces; null for none.</param>
    /// <param name="mark">The write's mark.</param>
    /// <param name="content">The content, here or in parts.</param>
    /// <param name="now">The time.</param>
    internal static ReadOnlyMemory<byte> Object(
        string key,
        string? resourceVersion,
        WriteMark mark,
        SecretContent content,
        DateTimeOffset now
    ) =>
        Write(
            new ArrayBufferWriter<byte>(),
            ObjectType,
            SecretNames.Of(key),
            resourceVersion,
            content.Inline,
            [(SecretNames.Role, SecretNames.RoleObject), .. SecretNames.Directories(key)],
            [
                (SecretNames.PathAnnotation, key),
                (SecretNames.SizeAnnotation, content.Size.ToString(CultureInfo.InvariantCulture)),
                (SecretNames.ModifiedAnnotation, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
                (SecretNames.WriteAnnotation, mark.Text),
                .. content.Parts is { } parts ? [(SecretNames.PartsAnnotation, parts.Text)] : Array.Empty<(string, string)>(),
            ]
        );

    /// <summary>The Secret of a part of a long object, in a buffer that is used for one after the other.</summary>
    internal static ReadOnlyMemory<byte> Part(
        ArrayBufferWriter<byte> buffer,
        string key,
        string set,
        int index,
        ReadOnlyMemory<byte> bytes
    ) =>
        Write(
            buffer,
            PartType,
            SecretNames.Part(set, index),
            null,
            bytes,
            [(SecretNames.Role, SecretNames.RolePart), (SecretNames.Set, set), (SecretNames.Owner, SecretNames.Hash(key))],
            [(SecretNames.PathAnnotation, key)]
        );

    /// <summary>What must hold for a delete.</summary>
    internal static ReadOnlyMemory<byte> DeleteOptions(string resourceVersion)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "DeleteOptions");
            json.WriteStartObject("preconditions");
            json.WriteString("resourceVersion", resourceVersion);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Write(
        ArrayBufferWriter<byte> buffer,
        string type,
        string name,
        string? resourceVersion,
        ReadOnlyMemory<byte>? data,
        ReadOnlySpan<(string Name, string Value)> labels,
        ReadOnlySpan<(string Name, string Value)> annotations
    )
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Secret");
            json.WriteString("type", type);
            json.WriteStartObject("metadata");
            json.WriteString("name", name);
            if (resourceVersion is not null)
                json.WriteString("resourceVersion", resourceVersion);
            json.WriteStartObject("labels");
            json.WriteString("app.kubernetes.io/managed-by", "kops");
            foreach (var (label, value) in labels)
                json.WriteString(label, value);
            json.WriteEndObject();
            json.WriteStartObject("annotations");
            foreach (var (annotation, value) in annotations)
                json.WriteString(annotation, value);
            json.WriteEndObject();
            json.WriteEndObject();
            if (data is { } bytes)
            {
                json.WriteStartObject("data");
                json.WriteBase64String(DataKey, bytes.Span);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
