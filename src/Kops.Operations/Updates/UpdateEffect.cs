using Kops.StateStore.Changes;

namespace Kops.Operations.Updates;

/// <summary>What a file's change does.</summary>
/// <param name="File">The file.</param>
/// <param name="By">Who notices.</param>
/// <param name="Groups">The instance groups whose machines do.</param>
/// <param name="WantsRollingUpdate">Whether machines that run already have to be replaced before it has effect.</param>
public sealed record UpdateEffect(FileChange File, Noticed By, IReadOnlyList<string> Groups, bool WantsRollingUpdate);
