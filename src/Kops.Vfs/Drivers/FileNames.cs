using System.Text;

namespace Kops.Vfs.Drivers;

/// <summary>
/// Which keys can be paths of files, and the one kind of name that stores in directories keep for themselves: here, and over SFTP.
/// </summary>
public static class FileNames
{
    /// <summary>Longest name of one file, NAME_MAX of all file systems in use.</summary>
    public const int MaxBytes = 255;

    private const string TemporaryPrefix = ".kops-tmp-";

    /// <summary>A new name for a file that is being written. A GUID is random too, and does not load OpenSSL.</summary>
    public static string NewTemporary() => $"{TemporaryPrefix}{Guid.NewGuid():N}";

    /// <summary>A name of that kind that is always the same.</summary>
    public static string TemporaryNamed(string name) => TemporaryPrefix + name;

    /// <summary>Whether a name is one of those: listings leave it out, and no object can have it.</summary>
    public static bool IsTemporary(ReadOnlySpan<char> name) => name.StartsWith(TemporaryPrefix, StringComparison.Ordinal);

    /// <summary>The last segment of a key.</summary>
    public static string NameOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key[(key.LastIndexOf('/') + 1)..];
    }

    /// <summary>A key's directory, without a final slash; empty for the root.</summary>
    public static string ParentOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key[..Math.Max(0, key.LastIndexOf('/'))];
    }

    /// <summary>Says why a key cannot be stored, or null when it can.</summary>
    public static string? Problem(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (ObjectKey.Validate(key) is { } problem)
            return problem;
        foreach (var range in key.AsSpan().Split('/'))
        {
            var name = key.AsSpan()[range];
            if (IsTemporary(name))
                return $"names that start with '{TemporaryPrefix}' are kept for files that are being written";
            if (name.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(name) > MaxBytes)
                return $"the name '{name[..20]}…' is longer than {MaxBytes} bytes, which file systems do not allow";
        }

        return null;
    }
}
