using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Views;
using Kops.StateStore.Files;

namespace Kops.StateStore.Clusters;

/// <summary>An object of a store, with the file that it was read from.</summary>
/// <param name="Name">Its name, which is its file's (a cluster's: its directory's).</param>
/// <param name="Value">
/// The object. Changing it changes nothing in the store, nor what a change is computed from: hand a changed object (this one or a copy)
/// to <see cref="Changes.ClusterChanges"/>.
/// </param>
/// <param name="File">The file as it was read.</param>
/// <param name="UnknownFields">Fields that this program does not know, which a newer kOps wrote.</param>
public sealed record StoredObject<T>(string Name, T Value, StoredFile File, IReadOnlyList<Problem> UnknownFields)
    where T : KopsObject, IApiView<T>
{
    /// <summary>The object once more, as it was read, sharing nothing with <see cref="Value"/>.</summary>
    public T Copy() => KopsCodec.DecodeStored<T>(File.Bytes, File.Path.ToString()).Value;
}
