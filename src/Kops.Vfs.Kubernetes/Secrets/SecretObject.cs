using System.Globalization;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>What the metadata of a Secret say of the object that it holds.</summary>
/// <param name="Info">The object.</param>
/// <param name="Name">The Secret.</param>
/// <param name="Mark">The mark of the write that made it; null where another program has.</param>
/// <param name="Parts">The other Secrets that hold its content; null where this one does.</param>
internal sealed record SecretObject(ObjectInfo Info, string Name, WriteMark? Mark, PartSet? Parts)
{
    /// <summary>What a lost answer is settled with.</summary>
    internal MarkedObject Marked => new(Info.Version!.Value, Mark);

    /// <summary>Reads a Secret, or its metadata alone.</summary>
    /// <returns>Null when it holds no object: a Secret of somebody else, or a copy under another name.</returns>
    internal static SecretObject? Read(JsonElement secret)
    {
        var metadata = secret.Member("metadata");
        var annotations = metadata.Member("annotations");
        if (
            metadata.Text("name") is not { } name
            || metadata.Text("resourceVersion") is not { } resource
            || annotations.Text(SecretNames.PathAnnotation) is not { } key
            || ObjectKey.Validate(key) is not null
            || SecretNames.Of(key) != name
            || !long.TryParse(annotations.Text(SecretNames.SizeAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        )
            return null;
        var parts = PartSet.Parse(annotations.Text(SecretNames.PartsAnnotation));
        var time = annotations.Text(SecretNames.ModifiedAnnotation) ?? metadata.Text("creationTimestamp");
        var modified = DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : DateTimeOffset.UnixEpoch;
        var mark = WriteMark.Parse(annotations.Text(SecretNames.WriteAnnotation));
        var info = new ObjectInfo(key, size, new SecretVersion(resource, parts?.Id).ToVersion(), modified) { Mark = mark?.Id };
        return new SecretObject(info, name, mark, parts);
    }

    /// <summary>The content that a Secret holds; null when there is none, or not of the size that it should have.</summary>
    internal static byte[]? Content(JsonElement secret, long size)
    {
        if (secret.Member("data").Member(SecretJson.DataKey) is not { ValueKind: JsonValueKind.String } data)
            return size == 0 ? [] : null;
        return data.TryGetBytesFromBase64(out var bytes) && bytes.Length == size ? bytes : null;
    }
}
