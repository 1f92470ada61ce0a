using System.Globalization;
using System.Text;
using Kops.Templates.Faults;

namespace Kops.Templates.Regexes;

/// <summary>What stands behind a backslash in RE2, and the named classes of POSIX, as members of a class of .NET.</summary>
internal static class RegexEscape
{
    private const string Digits = "0-9";
    private const string Word = "0-9A-Za-z_";
    private const string Blank = @"\t\n\f\r\x20";

    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7f",
        ["blank"] = @"\t\x20",
        ["cntrl"] = @"\x00-\x1f\x7f",
        ["digit"] = Digits,
        ["graph"] = @"\x21-\x7e",
        ["lower"] = "a-z",
        ["print"] = @"\x20-\x7e",
        ["punct"] = @"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
        ["space"] = @"\t-\r\x20",
        ["upper"] = "A-Z",
        ["word"] = Word,
        ["xdigit"] = "0-9A-Fa-f",
    };

    // What a class of ASCII characters leaves of all others; [^\x30-\x39] cannot stand within another class.
    private static readonly Dictionary<char, string> Classes = new()
    {
        ['d'] = Digits,
        ['w'] = Word,
        ['s'] = Blank,
        ['D'] = @"\x00-\x2f\x3a-\uffff",
        ['W'] = @"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\uffff",
        ['S'] = @"\x00-\x08\x0b\x0e-\x1f\x21-\uffff",
    };

    /// <summary><c>[:name:]</c> within a class; null where none stands there.</summary>
    public static string? NamedClass(string pattern, ref int at)
    {
        if (string.CompareOrdinal(pattern, at, "[:", 0, 2) != 0)
            return null;
        var end = pattern.IndexOf(":]", at + 2, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var name = pattern[(at + 2)..end];
        var isNegated = name.StartsWith('^');
        if (!Posix.TryGetValue(isNegated ? name[1..] : name, out var members))
            throw Error("invalid character class range", pattern[at..(end + 2)]);
        at = end + 2;
        return isNegated ? AsciiComplement(members) : members;
    }

    /// <summary><c>\d</c>, <c>\pL</c> and their kin as members of a class; null where a single character stands there.</summary>
    public static string? Class(string pattern, ref int at)
    {
        if (at + 1 >= pattern.Length)
            return null;
        var letter = pattern[at + 1];
        if (Classes.TryGetValue(letter, out var members))
        {
            at += 2;
            return members;
        }

        if (letter is not ('p' or 'P'))
            return null;
        var end = at + 2 < pattern.Length && pattern[at + 2] == '{' ? pattern.IndexOf('}', at) + 1 : at + 3;
        if (end <= at || end > pattern.Length)
            throw Error("invalid character class range", pattern[at..]);
        var text = pattern[at..end];
        var name = text[2..].Trim('{', '}');
        var isNegated = (letter == 'P') != name.StartsWith('^');
        name = name.TrimStart('^');
        if (name.Length is 0 or > 2 || !"LMNPSZC".Contains(name[0], StringComparison.Ordinal) || name == "Any")
            throw Error("unsupported Unicode class: general categories (such as L or Nd) are", text);
        at = end;
        return (isNegated ? @"\P{" : @"\p{") + name + "}";
    }

    /// <summary>The character behind a backslash.</summary>
    public static Rune Character(string pattern, ref int at)
    {
        var start = at;
        if (at + 1 >= pattern.Length)
            throw Error("trailing backslash at end of expression", string.Empty);
        var letter = pattern[at + 1];
        at += 2;
        switch (letter)
        {
            case 'a':
                return new Rune('\a');
            case 'f':
                return new Rune('\f');
            case 'n':
                return new Rune('\n');
            case 'r':
                return new Rune('\r');
            case 't':
                return new Rune('\t');
            case 'v':
                return new Rune('\v');
            case 'x':
                return Hexadecimal(pattern, start, ref at);
            case '0':
            case >= '1' and <= '7' when at < pattern.Length && pattern[at] is >= '0' and <= '7':
                return Octal(pattern, start, ref at);
        }

        if (letter < 0x80 && !char.IsAsciiLetterOrDigit(letter))
            return new Rune(letter);
        throw Error("invalid escape sequence", pattern[start..at]);
    }

    /// <summary>A character as a member of a class.</summary>
    public static string Member(Rune rune)
    {
        if (rune.Value > char.MaxValue)
            throw Error("unsupported character class: it has characters beyond U+FFFF", rune.ToString());
        return rune.IsAscii ? $@"\x{rune.Value:x2}" : rune.ToString();
    }

    public static FunctionException Error(string problem, string part) => new($"error parsing regexp: {problem}: `{part}`");

    private static Rune Hexadecimal(string pattern, int start, ref int at)
    {
        var isBraced = at < pattern.Length && pattern[at] == '{';
        var end = isBraced ? pattern.IndexOf('}', at) : at + 2;
        var from = isBraced ? at + 1 : at;
        if (
            end < from
            || end > pattern.Length
            || end - from > 6
            || !int.TryParse(pattern.AsSpan(from, end - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || !Rune.IsValid(value)
        )
            throw Error("invalid escape sequence", pattern[start..Math.Min(at + 1, pattern.Length)]);
        at = isBraced ? end + 1 : end;
        return new Rune(value);
    }

    private static Rune Octal(string pattern, int start, ref int at)
    {
        var value = 0;
        at = start + 1;
        for (var i = 0; i < 3 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; i++)
            value = value * 8 + pattern[at++] - '0';
        return new Rune(value);
    }

    private static string AsciiComplement(string members)
    {
        var regex = new System.Text.RegularExpressions.Regex($"[{members}]", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
        var others = new StringBuilder();
        for (var unit = 0; unit < 0x80; unit++)
        {
            if (!regex.IsMatch(((char)unit).ToString()))
                others.Append(CultureInfo.InvariantCulture, $@"\x{unit:x2}");
        }

        return others.Append(@"\x80-\uffff").ToString();
    }
}
