using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Kops.Bench;

/// <summary>One run of a whole process, as the kernel accounts for it.</summary>
/// <param name="Milliseconds">From the spawn to the exit.</param>
/// <param name="ExitCode">The exit code; 128 and more for a signal.</param>
internal readonly record struct ProcessRun(double Milliseconds, int ExitCode)
{
    /// <summary>
    /// Runs a program with its output thrown away. posix_spawn, because System.Diagnostics.Process adds milliseconds of its own.
    /// Linux only.
    /// </summary>
    public static ProcessRun Measure(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var arguments = Strings([.. command]);
        var variables = Strings([.. environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        var actions = Marshal.AllocHGlobal(256);
        try
        {
            Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
            Check(posix_spawn_file_actions_addopen(actions, 1, "/dev/null"u8.ToArray().Append((byte)0).ToArray(), 1, 0), "addopen");
            Check(posix_spawn_file_actions_addopen(actions, 2, "/dev/null"u8.ToArray().Append((byte)0).ToArray(), 1, 0), "addopen");
            var started = Stopwatch.GetTimestamp();
            Check(posix_spawnp(out var child, arguments[0], actions, 0, arguments, variables), command[0]);
            if (waitpid(child, out var status, 0) != child)
                throw new InvalidOperationException("waitpid failed");
            var time = Stopwatch.GetElapsedTime(started);
            return new ProcessRun(time.TotalMilliseconds, (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f));
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            Marshal.FreeHGlobal(actions);
            foreach (var text in arguments.Concat(variables))
                Marshal.FreeHGlobal(text);
        }
    }

    private static nint[] Strings(string[] values) =>
        [
            .. values.Select(value =>
            {
                var bytes = Encoding.UTF8.GetBytes(value);
                var memory = Marshal.AllocHGlobal(bytes.Length + 1);
                Marshal.Copy(bytes, 0, memory, bytes.Length);
                Marshal.WriteByte(memory, bytes.Length, 0);
                return memory;
            }),
            0,
        ];

    private static void Check(int error, string what)
    {
        if (error != 0)
            throw new InvalidOperationException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

#pragma warning disable SYSLIB1054 // a benchmark is never compiled ahead of time
    [DllImport("libc")]
    private static extern int posix_spawnp(out int pid, nint file, nint actions, nint attributes, nint[] arguments, nint[] environment);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_init(nint actions);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_destroy(nint actions);

    [DllImport("libc")]
    private static extern int posix_spawn_file_actions_addopen(nint actions, int descriptor, byte[] path, int flags, uint mode);

    [DllImport("libc")]
    private static extern int waitpid(int pid, out int status, int options);
#pragma warning restore SYSLIB1054
}
