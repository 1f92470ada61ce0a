namespace Kops.StateStore.Changes.Journal;

/// <summary>A process, such that another one can tell whether it still lives.</summary>
/// <param name="Machine">What only processes share that see each other's ids: a boot of a machine and a name space. Empty: nobody can
/// tell.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="Started">When it started, in any form that differs for another process of the same id.</param>
public sealed record ProcessIdentity(string Machine, int ProcessId, string Started)
{
    /// <summary>A process of which nobody can tell whether it lives: its changes are taken up when their lease has run out.</summary>
    public static ProcessIdentity Unknown { get; } = new(string.Empty, 0, string.Empty);
}
