using Kops.Api.Diff;

namespace Kops.Operations.Updates;

/// <summary>What became different in an instance group since the last update.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Fields">The fields; empty for a group that is new, or gone.</param>
/// <param name="IsNew">Whether the group was not there.</param>
/// <param name="IsGone">Whether the group is not there any more.</param>
/// <param name="WantsRollingUpdate">Whether machines that run already have to be replaced before it has effect.</param>
public sealed record GroupEdit(string Group, IReadOnlyList<FieldChange> Fields, bool IsNew, bool IsGone, bool WantsRollingUpdate);
