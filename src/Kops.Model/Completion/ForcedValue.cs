using Kops.Api;

namespace Kops.Model.Completion;

/// <summary>A field in which the user's own value does not count.</summary>
/// <param name="Path">The field, from the root of the cluster.</param>
/// <param name="Reason">Why.</param>
/// <param name="Apply">Writes what it must be.</param>
internal sealed record ForcedValue(string Path, string Reason, Action<ClusterSpec> Apply);
