using System.Text;

namespace Kops.Api.Yaml;

/// <summary>
/// The order in which go-yaml writes keys: digits by their number, letters after everything else (<c>a1, a2, a10, aB</c>).
/// </summary>
internal static class KeyOrder
{
    /// <summary>The fields' order, stable; without a copy of the names.</summary>
    public static int[] Of(ReadOnlySpan<Documents.MappingNode.Field> fields)
    {
        var order = new int[fields.Length];
        var isSorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            isSorted &= i == 0 || Compare(fields[i - 1].Name, fields[i].Name) <= 0;
        }

        if (!isSorted)
            Sort(fields, order, new int[order.Length]);
        return order;
    }

    /// <summary>Less than zero when the left key comes first.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;
        // Inside a surrogate pair: back to its start.
        if (same > 0 && char.IsHighSurrogate(left[same - 1]))
            same--;
        var (a, b) = (RuneAt(left, same), RuneAt(right, same));
        var (isLetterA, isLetterB) = (Rune.IsLetter(a), Rune.IsLetter(b));
        if (isLetterA && isLetterB)
            return a.CompareTo(b);
        if (isLetterA || isLetterB)
            return isLetterB ? -1 : 1;

        // A zero that follows another digit of the number does not lead it.
        long numberA = 0,
            numberB = 0;
        if (a.Value == '0' || b.Value == '0')
        {
            for (var i = same - 1; i >= 0 && char.IsDigit(left[i]); i--)
            {
                if (left[i] == '0')
                    continue;
                (numberA, numberB) = (1, 1);
                break;
            }
        }

        var lengthA = Number(left, same, ref numberA);
        var lengthB = Number(right, same, ref numberB);
        if (numberA != numberB)
            return numberA.CompareTo(numberB);
        return lengthA != lengthB ? lengthA - lengthB : a.CompareTo(b);
    }

    // Overflow wraps around, as it does in Go.
    private static int Number(string text, int start, ref long number)
    {
        var length = 0;
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            if (!Rune.IsDigit(rune))
                break;
            number = unchecked((number * 10) + rune.Value - '0');
            length++;
        }

        return length;
    }

    private static Rune RuneAt(string text, int index) => Rune.TryGetRuneAt(text, index, out var rune) ? rune : Rune.ReplacementChar;

    // A merge sort: the library's sort may throw when an order contradicts itself, which go-yaml's does for odd keys.
    private static void Sort(ReadOnlySpan<Documents.MappingNode.Field> fields, Span<int> order, Span<int> spare)
    {
        if (order.Length < 2)
            return;
        var half = order.Length / 2;
        Sort(fields, order[..half], spare);
        Sort(fields, order[half..], spare);
        order[..half].CopyTo(spare);
        var (left, right) = (0, half);
        for (var i = 0; left < half; i++)
        {
            var takeRight = right < order.Length && Compare(fields[order[right]].Name, fields[spare[left]].Name) < 0;
            order[i] = takeRight ? order[right++] : spare[left++];
        }
    }
}
