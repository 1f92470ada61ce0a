using System.Text;

namespace Kops.Vfs;

/// <summary>
/// Rules for keys, the same in every store: relative, <c>/</c> between segments, no empty, <c>.</c> or <c>..</c> segment, no NUL
/// character, valid Unicode. What passes here can be written to every store and found again.
/// </summary>
public static class ObjectKey
{
    /// <summary>Joins a base (which may be empty) and a relative key with one <c>/</c>, resolving nothing.</summary>
    public static string Join(string basis, string relative) =>
        basis.Length == 0 ? relative : relative.Length == 0 ? basis : $"{basis.TrimEnd('/')}/{relative.TrimStart('/')}";

    /// <summary>The prefix under which everything below <paramref name="key"/> stands: empty, or ending in <c>/</c>.</summary>
    public static string AsPrefix(string key) => key.Length == 0 || key.EndsWith('/') ? key : key + "/";

    /// <summary>Says what is wrong with a key, or null when it is valid.</summary>
    public static string? Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0) return "the key is empty";
        if (key.Contains('\0', StringComparison.Ordinal)) return "the key holds a NUL character";
        foreach (var segment in key.AsSpan().Split('/'))
        {
            var text = key.AsSpan()[segment];
            if (text.Length == 0) return "the key has an empty segment ('//', or '/' at an end)";
            if (text is "." or "..") return $"the key has a segment '{text}'";
        }

        return Encoding.UTF8.GetByteCount(key) == 0 || !IsWellFormed(key) ? "the key is not valid Unicode" : null;
    }

    private static bool IsWellFormed(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (!char.IsSurrogate(key[i])) continue;
            if (!char.IsHighSurrogate(key[i]) || i + 1 == key.Length || !char.IsLowSurrogate(key[i + 1])) return false;
            i++;
        }

        return true;
    }
}
