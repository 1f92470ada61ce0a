using Kops.Vfs.Files.Native;

namespace Kops.Vfs.Files;

/// <summary>
/// Tells of what lies in a directory and is no object, each path once: a copy that lacks a linked file looks whole otherwise, and a
/// linked instance group looks deleted.
/// </summary>
/// <param name="tell">Who is told; null for nobody.</param>
internal sealed class LeftOutFiles(Action<string>? tell)
{
    private const int MaxTold = 5;

    private readonly System.Threading.Lock _gate = new();
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    internal void Add(string path, FileKind kind)
    {
        if (tell is null)
            return;
        lock (_gate)
        {
            if (!_paths.Add(path) || _paths.Count > MaxTold)
                return;
            var reason = kind switch
            {
                FileKind.Link =>
                    "is a symbolic link, which a store does not follow below its root, and was left out; put the file or directory "
                        + "itself there",
                FileKind.NotUtf8 => "has a name that is not UTF-8, and was left out; rename it",
                _ => "is a pipe, a socket or a device, and was left out",
            };
            tell($"{Printable(path)} {reason}");
        }
    }

    /// <summary>Tells how many there were beyond those that were named; for the end, when no more will come.</summary>
    internal void End()
    {
        lock (_gate)
        {
            if (_paths.Count > MaxTold)
                tell?.Invoke($"and {_paths.Count - MaxTold} more were left out");
            _paths.Clear();
        }
    }

    /// <summary>Names are anybody's, and a terminal obeys some characters.</summary>
    private static string Printable(string path) =>
        path.Any(char.IsControl)
            ? string.Concat(path.Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()))
            : path;
}
