using System.Runtime.InteropServices;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// The lock that makes "compare, then replace" one step for all our processes on a machine: flock(2) on the object's own directory.
/// It leaves no file behind, two stores that are rooted at different heights meet in it, and the kernel takes it back from a dead process.
/// </summary>
internal readonly struct DirectoryLock : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SafeFileHandle _directory;

    private DirectoryLock(SafeFileHandle directory) => _directory = directory;

    /// <summary>
    /// Takes the lock, polling so that waiting can be cancelled and holds no thread. It is held for the time of a rename.
    /// </summary>
    internal static async ValueTask<DirectoryLock> TakeAsync(
        SafeFileHandle directory,
        TimeProvider clock,
        string operation,
        string path,
        CancellationToken cancellationToken
    )
    {
        var start = clock.GetTimestamp();
        for (var delay = Shortest; Libc.Lock(directory, Posix.LockExclusive | Posix.LockNonBlocking) != 0; )
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is Posix.Interrupted)
                continue;
            if (error != Posix.WouldBlock)
                throw FileErrors.Of(error, operation, path);
            if (clock.GetElapsedTime(start) > Patience)
            {
                throw new StoreException(
                    StoreErrorKind.Unavailable,
                    operation,
                    path,
                    $"another process has held the lock on the directory for {Patience.TotalSeconds} s; is one stopped? (lsof names it)",
                    isTransient: true
                );
            }

            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            if (delay < Longest)
                delay *= 2;
        }

        return new DirectoryLock(directory);
    }

    public void Dispose() => _ = Libc.Lock(_directory, Posix.LockRelease);
}
