using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Objects;

/// <summary>The objects of a cluster that are none of kOps' own: addons that the user brings.</summary>
public static class AdditionalObjects
{
    /// <summary>Reads those that are stored.</summary>
    /// <exception cref="InvalidObjectException">The file is no YAML.</exception>
    public static async Task<IReadOnlyList<MappingNode>> ReadAsync(ClusterState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var file = await state.ReadAdditionalObjectsAsync(cancellationToken).ConfigureAwait(false);
        return file.Bytes.IsEmpty ? [] : [.. KopsCodec.Decode(file.Bytes, file.Path.ToString()).Select(document => document.Root)];
    }

    /// <summary>The file that holds them: their texts, divided as kOps divides them.</summary>
    internal static byte[] ToFile(IEnumerable<ApiDocument> documents) =>
        Encoding.UTF8.GetBytes(string.Join("\n---\n\n", documents.Select(document => document.Raw.TrimEnd('\n') + "\n")));
}
