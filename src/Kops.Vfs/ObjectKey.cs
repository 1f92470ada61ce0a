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
        basis.Length == 0 ? relative
        : relative.Length == 0 ? basis
        : $"{basis.TrimEnd('/')}/{relative.TrimStart('/')}";

    /// <summary>The prefix under which everything below <paramref name="key"/> stands: empty, or ending in <c>/</c>.</summary>
    public static string AsPrefix(string key) => key.Length == 0 || key.EndsWith('/') ? key : key + "/";

    /// <summary>Says what is wrong with a key, or null when it is valid.</summary>
    public static string? Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0)
            return "the key is empty";
        if (key.Contains('\0', StringComparison.Ordinal))
            return "the key holds a NUL character";
        foreach (var segment in key.AsSpan().Split('/'))
        {
            var text = key.AsSpan()[segment];
            if (text.Length == 0)
                return "the key has an empty segment ('//', or '/' at an end)";
            if (text is "." or "..")
                return $"the key has a segment '{text}'";
        }

        return Encoding.UTF8.GetByteCount(key) == 0 || !IsWellFormed(key) ? "the key is not valid Unicode" : null;
    }

    /// <summary>The order of every listing: by the bytes of the keys' UTF-8.</summary>
    public static int Compare(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
            return a.Length - b.Length;
        // UTF-16 order is UTF-8 order but for surrogates, which stand for characters above all others.
        var (left, right) = (a[common], b[common]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left - right
            : char.IsSurrogate(left) ? 1
            : -1;
    }

    private static bool IsWellFormed(string key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (!char.IsSurrogate(key[i]))
                continue;
            if (!char.IsHighSurrogate(key[i]) || i + 1 == key.Length || !char.IsLowSurrogate(key[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
