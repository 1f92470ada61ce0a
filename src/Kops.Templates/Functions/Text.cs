using Kops.Templates.Formatting;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>What functions share when they make texts: all of it is bounded by the execution.</summary>
internal static class Text
{
    /// <summary>A value as a text, as sprig's <c>toString</c> gives it.</summary>
    public static string Of(Value value, CallScope scope) => ValuePrinter.Text(value, scope.LongestText);

    /// <summary>A text that is written bit by bit.</summary>
    public static Value Write(CallScope scope, Action<TextBuffer> write)
    {
        var buffer = new TextBuffer(scope.LongestText);
        write(buffer);
        return buffer.ToString();
    }

    /// <summary>The elements of a list as texts, without those that are nil; a value that is no list is the only element.</summary>
    public static List<string> Each(Value value, CallScope scope)
    {
        if (value.IsUntypedNil)
            return [];
        if (value.Kind != ValueKind.List || value.IsPointer)
            return [Of(value, scope)];
        scope.Charge(value.List.Count);
        return [.. value.List.Where(item => !item.IsUntypedNil).Select(item => Of(item, scope))];
    }

    /// <summary>Texts with something between each two.</summary>
    public static Value Join(IReadOnlyList<string> texts, string separator, CallScope scope) =>
        Write(
            scope,
            buffer =>
            {
                for (var i = 0; i < texts.Count; i++)
                {
                    if (i > 0)
                        buffer.Append(separator);
                    buffer.Append(texts[i]);
                }
            }
        );

    /// <summary>Takes the steps of looking for a long text: it may be compared anew at each place.</summary>
    public static void ChargeSearch(string text, string wanted, CallScope scope)
    {
        const int shortText = 256;
        if (wanted.Length > shortText)
            scope.ChargeText((long)text.Length * wanted.Length / shortText);
    }

    /// <summary>Replaces a text by another wherever it stands, as Go does: an empty one stands between all characters.</summary>
    public static Value Replace(string text, string old, string replacement, CallScope scope)
    {
        ChargeSearch(text, old, scope);
        return Write(
            scope,
            buffer =>
            {
                var rest = text.AsSpan();
                if (old.Length == 0)
                {
                    buffer.Append(replacement);
                    foreach (var rune in text.EnumerateRunes())
                    {
                        buffer.Append(rune);
                        buffer.Append(replacement);
                    }

                    return;
                }

                for (int index; (index = rest.IndexOf(old, StringComparison.Ordinal)) >= 0; rest = rest[(index + old.Length)..])
                {
                    buffer.Append(rest[..index]);
                    buffer.Append(replacement);
                }

                buffer.Append(rest);
            }
        );
    }

    /// <summary>Cuts a text at each separator, at most into a number of parts; an empty separator cuts between characters.</summary>
    public static List<string> Split(string text, string separator, long most, CallScope scope)
    {
        if (most == 0)
            return [];
        ChargeSearch(text, separator, scope);
        var parts = new List<string>();
        var start = 0;
        if (separator.Length == 0)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (most > 0 && parts.Count == most - 1)
                    break;
                parts.Add(rune.ToString());
                start += rune.Utf16SequenceLength;
            }

            if (start < text.Length)
                parts.Add(text[start..]);
        }
        else
        {
            while (most < 0 || parts.Count < most - 1)
            {
                var index = text.IndexOf(separator, start, StringComparison.Ordinal);
                if (index < 0)
                    break;
                parts.Add(text[start..index]);
                start = index + separator.Length;
            }

            parts.Add(text[start..]);
        }

        scope.Charge(parts.Count);
        return parts;
    }
}
