using System.Security.Cryptography;
using System.Text;

namespace Kops.Vfs.Files;

/// <summary>Which names can be keys of a file store, and the one kind of name that it keeps for itself.</summary>
internal static class FileNames
{
    /// <summary>Longest name of one file, NAME_MAX of all file systems in use.</summary>
    internal const int MaxBytes = 255;

    private const string TemporaryPrefix = ".kops-tmp-";

    /// <summary>A new name for a file that is being written.</summary>
    internal static string NewTemporary() => TemporaryPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true);

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

    /// <summary>Order of a whole listing's keys, UTF-8 byte by byte: a directory sorts as its name with the <c>/</c> that follows in its keys.</summary>
    internal static int Compare((string Name, bool IsDirectory) a, (string Name, bool IsDirectory) b)
    {
        var common = a.Name.AsSpan().CommonPrefixLength(b.Name);
        var left = At(a, common);
        var right = At(b, common);
        // UTF-16 order is UTF-8 order except that surrogates stand for characters above all others.
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left - right : char.IsSurrogate(left) ? 1 : -1;
    }

    private static char At((string Name, bool IsDirectory) entry, int index) =>
        index < entry.Name.Length ? entry.Name[index] : entry.IsDirectory && index == entry.Name.Length ? '/' : '\0';
}
