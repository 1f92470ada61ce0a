using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>What flags said of a cluster the last time, and of which of its groups.</summary>
/// <param name="Flags">The flags.</param>
/// <param name="Groups">
/// The groups that flags made, each with the number of machines that a flag dealt to it, or null where none did. Groups that somebody made
/// by other means are not the flags' to change. Null where it is not known which those are: then flags mean all.
/// </param>
public sealed record SaidBefore(ClusterFlags Flags, IReadOnlyDictionary<string, int?>? Groups = null);
