using System.Globalization;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Knows the processes of this machine by Linux' <c>/proc</c> (proc(5)): the boot id and the name space say who shares process ids, the
/// start time in ticks tells a process from a later one with its id. Where there is no <c>/proc</c>, nobody can tell.
/// </summary>
public sealed class LinuxProcessProbe : IProcessProbe
{
    /// <summary>Creates the probe.</summary>
    public LinuxProcessProbe()
    {
        var machine = MachineOrEmpty();
        Self =
            machine.Length > 0 && StartedOf(Environment.ProcessId) is { } started
                ? new ProcessIdentity(machine, Environment.ProcessId, started)
                : ProcessIdentity.Unknown;
    }

    /// <inheritdoc/>
    public ProcessIdentity Self { get; }

    /// <inheritdoc/>
    public bool IsDead(ProcessIdentity process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return Self.Machine.Length > 0 && process.Machine == Self.Machine && StartedOf(process.ProcessId) != process.Started;
    }

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

    /// <summary>The start time, field 22 of <c>/proc/PID/stat</c>; null for a process that is gone, or dead and not yet buried.</summary>
    private static string? StartedOf(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));

            // The second field, the program's name, stands in parentheses and may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
