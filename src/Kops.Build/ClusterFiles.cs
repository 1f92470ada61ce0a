using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Model;
using Kops.Model.Updates;

namespace Kops.Build;

/// <summary>What a cluster's state holds besides the objects that people edit.</summary>
/// <param name="Files">The files that follow from the cluster.</param>
/// <param name="Keysets">The keysets that must be there.</param>
/// <param name="Tokens">The secrets that must be there, with random tokens.</param>
public sealed record ClusterFiles(IReadOnlyList<WantedFile> Files, IReadOnlyList<string> Keysets, IReadOnlyList<string> Tokens)
{
    /// <summary>What follows from a cluster. A pure function.</summary>
    /// <param name="completed">The cluster, completed.</param>
    public static ClusterFiles Of(Cluster completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        return new ClusterFiles(
            [
                new WantedFile(FileRole.CompletedSpec, string.Empty, KopsCodec.Encode(completed)),
                new WantedFile(FileRole.KopsVersion, string.Empty, Encoding.UTF8.GetBytes(Versions.Kops)),
            ],
            ClusterKeys.KeysetsOf(completed),
            ClusterKeys.Tokens
        );
    }
}
