using System.Text.Json;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>An answer to one step of a copy: the object when it is done, or the token for the next step.</summary>
internal readonly record struct CopyProgress(GcsObject? Object, string? Token)
{
    /// <returns>Null for an answer that is neither.</returns>
    internal static CopyProgress? Read(JsonElement json)
    {
        if (json.Member("done").ValueKind is JsonValueKind.True && json.Member("resource") is { ValueKind: JsonValueKind.Object } resource)
            return resource.Number("generation") is null ? null : new CopyProgress(GcsObject.Read(resource), null);
        return json.Text("rewriteToken") is { } token ? new CopyProgress(null, token) : null;
    }
}
