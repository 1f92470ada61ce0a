namespace Kops.Templates.Values;

/// <summary>
/// Go's order of texts: by bytes of UTF-8, which is by code points. .NET's ordinal order is by UTF-16 units, and puts U+FF5E after
/// U+1F600.
/// </summary>
internal sealed class GoOrder : IComparer<string>
{
    public static readonly GoOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        var same = a.CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        return Weight(a[same]).CompareTo(Weight(b[same]));
    }

    // Surrogates stand for code points above all others.
    private static int Weight(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
