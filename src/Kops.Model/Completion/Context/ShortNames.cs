using System.Text;

namespace Kops.Model.Completion.Context;

/// <summary>
/// Names that fit: what is too long ends in a hash of itself, so that two long names stay two (kOps: truncate.TruncateString).
/// </summary>
internal static class ShortNames
{
    private const int HashLength = 6;
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";

    public static string Shorten(string name, int most) => name.Length <= most ? name : $"{name[..(most - HashLength - 1)]}-{Hash(name)}";

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
