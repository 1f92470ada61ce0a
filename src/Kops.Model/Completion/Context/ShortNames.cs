using System.Text;

namespace Kops.Model.Completion.Context;

/// <summary>
/// Names that fit: what is too long ends in a hash of itself, so that two long names stay two (kOps: truncate.TruncateString).
/// </summary>
public static class ShortNames
{
    private const int HashLength = 6;
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>The name, which ends in a hash of itself if it is longer than <paramref name="most"/> characters.</summary>
    public static string Shorten(string name, int most)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= most ? name : ShortenWithHash(name, most);
    }

    /// <summary>Two names with a dash between them; if that is too long, a hash of the second stands at its end.</summary>
    public static string Join(string name, string owner, int most)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var joined = $"{name}-{owner}";
        return joined.Length <= most ? joined : $"{joined[..(most - HashLength - 1)]}-{Hash(owner)}";
    }

    /// <summary>Two names with a dash between them; if that is too long, the first is cut and has a hash of itself at its end.</summary>
    public static string Before(string owner, string name, int most)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{Shorten(owner, most - name.Length - 1)}-{name}";
    }

    /// <summary>The name, as much of it as fits, and always a hash of itself.</summary>
    public static string ShortenWithHash(string name, int most)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{name[..Math.Min(name.Length, most - HashLength - 1)]}-{Hash(name)}";
    }

    // FNV-1a of 32 bits in base 32 (extended hex).
    private static string Hash(string text)
    {
        var hash = 0x811c9dc5u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 0x01000193u;
        return string.Create(
            HashLength,
            (ulong)hash << 32,
            static (span, value) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = Digits[(int)((value >> (59 - (5 * i))) & 31)];
            }
        );
    }
}
