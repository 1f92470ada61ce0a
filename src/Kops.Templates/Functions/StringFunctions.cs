using System.Buffers;
using System.Numerics;
using System.Text;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of texts that look for, cut and join.</summary>
internal static class StringFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("hello", [], _ => "Hello!");
        table.Add("trim", [Str], a => a.Text(0).Trim());
        table.Add("trimAll", [Str, Str], a => TrimAll(a.Text(1), a.Text(0)));
        table.Add("trimall", [Str, Str], a => TrimAll(a.Text(1), a.Text(0)));
        table.Add("trimPrefix", [Str, Str], a => TrimPrefix(a.Text(1), a.Text(0)));
        table.Add("trimSuffix", [Str, Str], a => TrimSuffix(a.Text(1), a.Text(0)));
        table.Add("contains", [Str, Str], Contains);
        table.Add("hasPrefix", [Str, Str], a => a.Text(1).StartsWith(a.Text(0), StringComparison.Ordinal));
        table.Add("hasSuffix", [Str, Str], a => a.Text(1).EndsWith(a.Text(0), StringComparison.Ordinal));
        table.Add("replace", [Str, Str, Str], a => Text.Replace(a.Text(2), a.Text(0), a.Text(1), a.Scope));
        table.Add("repeat", [Int, Str], Repeat);
        table.Add("trunc", [Int, Str], a => Truncate(a.Integer(0), a.Text(1)));
        table.Add("substr", [Int, Int, Str], a => Substring(a.Integer(0), a.Integer(1), a.Text(2)));
        table.Add("nospace", [Str], a => string.Concat(a.Text(0).Where(unit => !char.IsWhiteSpace(unit))));
        table.Add("initials", [Str], a => Initials(a.Text(0)));
        table.Add("plural", [Str, Str, Int], a => a[a.Integer(2) == 1 ? 0 : 1]);
        table.Add("cat", [], Any, Cat);
        table.Add("quote", [], Any, a => Quote(a, text => GoQuote.Quote(text)));
        table.Add("squote", [], Any, a => Quote(a, text => $"'{text}'"));
        table.Add("split", [Str, Str], a => Numbered(Text.Split(a.Text(1), a.Text(0), -1, a.Scope)));
        table.Add("splitn", [Str, Int, Str], a => Numbered(Text.Split(a.Text(2), a.Text(0), a.Integer(1), a.Scope)));
        table.Add("splitList", [Str, Str], a => TemplateList.OfTexts(Text.Split(a.Text(1), a.Text(0), -1, a.Scope)));
        table.Add("join", [Str, Any], a => Text.Join(Text.Each(a[1], a.Scope), a.Text(0), a.Scope));
        table.Add("toString", [Any], a => Text.Of(a[0], a.Scope));
        table.Add("toStrings", [Any], a => TemplateList.OfTexts(Text.Each(a[0], a.Scope)));
        table.Add("sortAlpha", [Any], SortAlpha);
    }

    private static Value Contains(TemplateArguments a)
    {
        Text.ChargeSearch(a.Text(1), a.Text(0), a.Scope);
        return a.Text(1).Contains(a.Text(0), StringComparison.Ordinal);
    }

    private static string TrimAll(string text, string characters)
    {
        var trimmed = SearchValues.Create(characters);
        var start = text.AsSpan().IndexOfAnyExcept(trimmed);
        return start < 0 ? string.Empty : text[start..(text.AsSpan().LastIndexOfAnyExcept(trimmed) + 1)];
    }

    private static string TrimPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    private static string TrimSuffix(string text, string suffix) =>
        text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    private static Value Repeat(TemplateArguments a)
    {
        var (count, text) = (a.Integer(0), a.Text(1));
        if (count < 0)
            throw new FunctionException("strings: negative Repeat count");
        if (text.Length > 0 && count > a.Scope.LongestText / text.Length)
            throw new FunctionException($"text is longer than {a.Scope.LongestText} characters");
        return new StringBuilder(text.Length * (int)Math.Min(count, int.MaxValue))
            .Insert(0, text, text.Length == 0 ? 0 : (int)count)
            .ToString();
    }

    private static string Truncate(long count, string text)
    {
        var length = ByteText.Length(text);
        if (count < 0 && length + count > 0)
            return ByteText.Slice(text, length + count, length);
        return count >= 0 && length > count ? ByteText.Slice(text, 0, count) : text;
    }

    private static string Substring(long start, long end, string text)
    {
        var length = ByteText.Length(text);
        if (start < 0)
            return ByteText.Slice(text, 0, end);
        return ByteText.Slice(text, start, end < 0 || end > length ? length : end);
    }

    private static string Initials(string text)
    {
        var initials = new StringBuilder();
        var isGap = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (isGap && !Rune.IsWhiteSpace(rune))
                initials.Append(rune);
            isGap = Rune.IsWhiteSpace(rune);
        }

        return initials.ToString();
    }

    private static Value Cat(TemplateArguments a)
    {
        var texts = new List<string>();
        foreach (var value in a.All)
        {
            if (!value.IsUntypedNil)
                texts.Add(Text.Of(value, a.Scope));
        }

        return Text.Join(texts, " ", a.Scope);
    }

    private static Value Quote(TemplateArguments a, Func<string, string> quote)
    {
        var texts = new List<string>();
        foreach (var value in a.All)
        {
            if (!value.IsUntypedNil)
                texts.Add(quote(Text.Of(value, a.Scope)));
        }

        return Text.Join(texts, " ", a.Scope);
    }

    // A map, since templates of old had no way to take an element of a list: ._0, ._1, ...
    private static TemplateMap Numbered(List<string> parts)
    {
        var map = new TemplateMap("string");
        for (var i = 0; i < parts.Count; i++)
            map[$"_{i}"] = parts[i];
        return map;
    }

    private static Value SortAlpha(TemplateArguments a)
    {
        var texts = Text.Each(a[0], a.Scope);
        // A comparison goes through what two texts have in common.
        a.Scope.ChargeText(texts.Sum(text => (long)text.Length) * BitOperations.Log2((uint)texts.Count + 1));
        texts.Sort(GoOrder.Instance);
        return TemplateList.OfTexts(texts);
    }
}
