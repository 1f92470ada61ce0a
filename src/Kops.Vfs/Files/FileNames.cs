using System.Text;

namespace Kops.Vfs.Files;

/// <summary>Which names can be keys of a file store, and the one kind of name that it keeps for itself.</summary>
internal static class FileNames
{
    /// <summary>Longest name of one file, NAME_MAX of all file systems in use.</summary>
    internal const int MaxBytes = 255;

    private const string TemporaryPrefix = ".kops-tmp-";

    /// <summary>A new name for a file that is being written. A GUID is random too, and does not load OpenSSL.</summary>
    internal static string NewTemporary() => $"{TemporaryPrefix}{Guid.NewGuid():N}";

    /// <summary>Whether a name is one of those: listings leave it out, and no object can have it.</summary>
    internal static bool IsTemporary(ReadOnlySpan<char> name) => name.StartsWith(TemporaryPrefix, StringComparison.Ordinal);

    /// <summary>The last segment of a key.</summary>
    internal static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];

    /// <summary>A key's directory, without a final slash; empty for the root.</summary>
    internal static string ParentOf(string key) => key[..Math.Max(0, key.LastIndexOf('/'))];

    /// <summary>Says why a key cannot be stored, or null when it can.</summary>
    internal static string? Problem(string key)
    {
        if (ObjectKey.Validate(key) is { } problem) return problem;
        foreach (var range in key.AsSpan().Split('/'))
        {
            var name = key.AsSpan()[range];
            if (IsTemporary(name)) return $"names that start with '{TemporaryPrefix}' are kept for files that are being written";
            if (name.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(name) > MaxBytes)
                return $"the name '{name[..20]}…' is longer than {MaxBytes} bytes, which file systems do not allow";
        }

        return null;
    }
}
