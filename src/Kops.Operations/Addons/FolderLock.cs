namespace Kops.Operations.Addons;

/// <summary>A folder of the user's that one process writes into at a time. The lock of one that dies goes with it.</summary>
internal static class FolderLock
{
    private const int Tries = 200;
    private const int WaitMilliseconds = 25;

    // What an operating system says of a file that another process holds: Linux, macOS, Windows.
    private static readonly int[] IsHeld = [11, 35, 32];

    /// <summary>Waits for it, some seconds at most.</summary>
    /// <exception cref="IOException">The folder cannot be written, or another process holds it for long.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static IDisposable Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, ".lock");
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (tries < Tries && IsHeld.Contains(held.HResult & 0xFFFF))
            {
                Thread.Sleep(WaitMilliseconds);
            }
        }
    }
}
