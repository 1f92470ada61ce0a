using Kops.Resources.Values;

namespace Kops.Resources.Aws.Network;

/// <summary>Where a route leads.</summary>
/// <param name="Attribute">The route's attribute for such a target.</param>
/// <param name="Target">Which it is.</param>
internal readonly record struct EgressTarget(string Attribute, Value Target);
