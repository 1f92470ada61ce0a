using System.Globalization;
using System.Runtime.InteropServices;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Knows the processes of this machine by Linux' <c>/proc</c> (proc(5)): the boot id and the name space say who shares process ids, the
/// start time in ticks tells a process from a later one with its id. Where there is no <c>/proc</c>, nobody can tell.
/// </summary>
public sealed partial class LinuxProcessProbe : IProcessProbe
{
    private const int NoSuchProcess = 3;

    /// <summary>Creates the probe.</summary>
    public LinuxProcessProbe()
    {
        var machine = MachineOrEmpty();
        Self =
            machine.Length > 0 && Look(Environment.ProcessId) is { } self
                ? new ProcessIdentity(machine, Environment.ProcessId, self.Started)
                : ProcessIdentity.Unknown;
    }

    /// <inheritdoc/>
    public ProcessIdentity Self { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// A process that /proc does not show is not dead for that: the mount option <c>hidepid</c> hides those of other users. The kernel is
    /// asked then: "no such process" is certain, and anything else may be the process or a later one with its number.
    /// </remarks>
    public ProcessLife LifeOf(ProcessIdentity process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (Self.Machine.Length == 0 || process.Machine != Self.Machine || process.ProcessId <= 0)
            return ProcessLife.Unknown;
        if (Look(process.ProcessId) is { } seen)
            return seen.IsEnded || seen.Started != process.Started ? ProcessLife.Dead : ProcessLife.Alive;
        return Kill(process.ProcessId, 0) != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess ? ProcessLife.Dead : ProcessLife.Unknown;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    private static string MachineOrEmpty()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return new FileInfo("/proc/self/ns/pid").LinkTarget is { } space ? $"{boot}/{space}" : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    /// <summary>
    /// The start time, field 22 of <c>/proc/PID/stat</c>, and whether the process is dead and not yet buried; null for one that is not
    /// seen.
    /// </summary>
    private static (string Started, bool IsEnded)? Look(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));

            // The second field, the program's name, stands in parentheses and may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[19], fields[0] is "Z" or "X");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
