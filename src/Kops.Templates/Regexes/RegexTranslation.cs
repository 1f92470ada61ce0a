using System.Globalization;
using System.Text;
using Kops.Templates.Faults;

namespace Kops.Templates.Regexes;

/// <summary>
/// Writes a pattern of RE2's syntax as one of .NET's that means the same: <c>\d</c>, <c>\w</c> and <c>\s</c> of ASCII alone, <c>$</c> at
/// the very end,
/// <c>(?P&lt;name&gt;)</c>, <c>[[:alpha:]]</c>, <c>\Q...\E</c>, the flag <c>U</c>. What RE2 does not have (looking around, references
/// back) is refused.
/// </summary>
internal sealed class RegexTranslation
{
    private const int MostRepeats = 1000;
    private const int LargestSize = 20_000;
    private const int DeepestGroup = 250;

    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<Group> _groups = new();
    private Group _group = new(default, 0);
    private long _itemSize;
    private bool _canRepeat;
    private int _at;

    private RegexTranslation(string pattern) => _pattern = pattern;

    /// <summary>The pattern in .NET's syntax, and how large its automaton is about.</summary>
    /// <exception cref="FunctionException">The pattern is not RE2's; the message is Go's.</exception>
    public static (string Pattern, long Size) Translate(string pattern)
    {
        var translation = new RegexTranslation(pattern);
        translation.Run();
        return (translation._output.ToString(), translation._group.Size);
    }

    private void Run()
    {
        while (_at < _pattern.Length)
            Item();
        if (_groups.Count > 0)
            throw Error("missing closing )", _pattern);
        CheckSize();
    }

    private void Item()
    {
        var unit = _pattern[_at];
        switch (unit)
        {
            case '(':
                Open();
                break;
            case ')':
                Close();
                break;
            case '|':
                Plain("|", size: 1, canRepeat: false);
                _at++;
                break;
            case '*' or '+' or '?':
                _at++;
                Repeat(unit.ToString(), 1);
                break;
            case '{' when Counted() is var (text, most):
                _at += text.Length;
                Repeat(text, Math.Max(most, 1));
                break;
            case '[':
                Class();
                break;
            case '.':
                Plain(_group.Flags.DotAll ? @"[\s\S]" : @"[^\n]");
                _at++;
                break;
            case '^':
                Plain(_group.Flags.Lines ? "(?m:^)" : @"\A");
                _at++;
                break;
            case '$':
                Plain(_group.Flags.Lines ? "(?m:$)" : @"\z");
                _at++;
                break;
            case '\\':
                Escape();
                break;
            default:
                Literal();
                break;
        }
    }

    private void Plain(string text, long size = 1, bool canRepeat = true)
    {
        _output.Append(text);
        _group.Size += size;
        (_itemSize, _canRepeat) = (size, canRepeat);
    }

    private void Literal()
    {
        Rune.DecodeFromUtf16(_pattern.AsSpan(_at), out var rune, out var used);
        _at += used;
        Plain(Quote(rune));
    }

    private static string Quote(Rune rune) =>
        rune.Value > char.MaxValue ? $"(?:{rune})"
        : rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? $@"\x{rune.Value:x2}"
        : rune.ToString();

    private void Open()
    {
        if (_groups.Count >= DeepestGroup)
            throw Error("expression nests too deeply", _pattern);
        var flags = _group.Flags;
        var start = _at++;
        var opening = "(";
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            if (Name() is { } name)
                opening = $"(?<{name}>";
            else if (Flags(ref flags, start))
                opening = flags.IgnoreCase ? "(?i:" : "(?-i:";
            else
            {
                // The flags hold up to the end of the group that they stand in: .NET knows the same.
                _group.Flags = flags;
                _output.Append(flags.IgnoreCase ? "(?i)" : "(?-i)");
                _canRepeat = false;
                return;
            }
        }

        _output.Append(opening);
        _groups.Push(_group);
        _group = new Group(flags, 0);
        _canRepeat = false;
    }

    private string? Name()
    {
        var rest = _pattern.AsSpan(_at);
        var prefix = rest.StartsWith("?P<", StringComparison.Ordinal) ? 3 : 2;
        if (prefix == 2 && (!rest.StartsWith("?<", StringComparison.Ordinal) || rest.Length < 3 || rest[2] is '=' or '!'))
            return null;
        var end = rest.IndexOf('>');
        var name = end < 0 ? default : rest[prefix..end];
        if (name.Length == 0 || char.IsDigit(name[0]) || name.ContainsAnyExcept(NameCharacters))
            throw Error("invalid named capture", _pattern[(_at - 1)..]);
        _at += end + 1;
        return name.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    );

    // Whether a group follows the flags.
    private bool Flags(ref FlagSet flags, int start)
    {
        var isOn = true;
        for (_at++; _at < _pattern.Length; _at++)
        {
            switch (_pattern[_at])
            {
                case 'i':
                    flags.IgnoreCase = isOn;
                    break;
                case 'm':
                    flags.Lines = isOn;
                    break;
                case 's':
                    flags.DotAll = isOn;
                    break;
                case 'U':
                    flags.Ungreedy = isOn;
                    break;
                case '-' when isOn:
                    isOn = false;
                    break;
                case ':' or ')':
                    return _pattern[_at++] == ':';
                default:
                    throw Error("invalid or unsupported Perl syntax", _pattern[start..(_at + 1)]);
            }
        }

        throw Error("missing closing )", _pattern);
    }

    private void Close()
    {
        if (_groups.Count == 0)
            throw Error("unexpected )", _pattern);
        _at++;
        _output.Append(')');
        var size = _group.Size + 1;
        _group = _groups.Pop();
        _group.Size += size;
        (_itemSize, _canRepeat) = (size, true);
    }

    private void Repeat(string text, int most)
    {
        if (!_canRepeat)
            throw Error(
                _output.Length == 0 || _output[^1] is '(' or '|' or ':' or '>'
                    ? "missing argument to repetition operator"
                    : "invalid nested repetition operator",
                text
            );
        var isLazy = _at < _pattern.Length && _pattern[_at] == '?';
        if (isLazy)
            _at++;
        _output.Append(text);
        if (isLazy != _group.Flags.Ungreedy)
            _output.Append('?');
        _group.Size += _itemSize * (most - 1) + 1;
        _canRepeat = false;
        CheckSize();
    }

    // {n}, {n,} or {n,m}; anything else is a text with braces.
    private (string Text, int Most)? Counted()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0)
            return null;
        var text = _pattern[_at..(end + 1)];
        var bounds = text[1..^1].Split(',');
        if (bounds.Length > 2 || !Bound(bounds[0], out var least))
            return null;
        var most = least;
        if (bounds.Length == 2 && bounds[1].Length > 0 && !Bound(bounds[1], out most))
            return null;
        if (least > MostRepeats || most > MostRepeats || most < least)
            throw Error("invalid repeat count", text);
        return (text, most);
    }

    private static bool Bound(string text, out int bound)
    {
        bound = MostRepeats + 1;
        if (text.Length == 0 || !text.All(char.IsAsciiDigit) || (text.Length > 1 && text[0] == '0'))
            return false;
        if (text.Length <= 4)
            bound = int.Parse(text, CultureInfo.InvariantCulture);
        return true;
    }

    private void Escape()
    {
        if (_at + 1 == _pattern.Length)
            throw Error("trailing backslash at end of expression", string.Empty);
        switch (_pattern[_at + 1])
        {
            case 'Q':
                Verbatim();
                return;
            case 'A' or 'z' or 'b' or 'B':
                Plain(_pattern.Substring(_at, 2));
                _at += 2;
                return;
        }

        if (RegexEscape.Class(_pattern, ref _at) is { } members)
            Plain($"[{members}]");
        else
            Plain(Quote(RegexEscape.Character(_pattern, ref _at)));
    }

    private void Verbatim()
    {
        _at += 2;
        var end = _pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var stop = end < 0 ? _pattern.Length : end;
        while (_at < stop)
            Literal();
        if (end >= 0)
            _at += 2;
    }

    private void Class()
    {
        var start = _at++;
        var members = new StringBuilder("[");
        if (_at < _pattern.Length && _pattern[_at] == '^')
        {
            members.Append('^');
            _at++;
        }

        for (var isFirst = true; ; isFirst = false)
        {
            if (_at >= _pattern.Length)
                throw Error("missing closing ]", _pattern[start..]);
            if (_pattern[_at] == ']' && !isFirst)
                break;
            members.Append(Member(start));
        }

        _at++;
        Plain(members.Append(']').ToString());
    }

    private string Member(int start)
    {
        if (RegexEscape.NamedClass(_pattern, ref _at) is { } named)
            return named;
        if (_pattern[_at] == '\\' && RegexEscape.Class(_pattern, ref _at) is { } members)
            return members;
        var from = _at;
        var low = Single(start);
        if (_at + 1 >= _pattern.Length || _pattern[_at] != '-' || _pattern[_at + 1] == ']')
            return RegexEscape.Member(low);
        _at++;
        var high = Single(start);
        if (high.Value < low.Value)
            throw Error("invalid character class range", _pattern[from.._at]);
        return $"{RegexEscape.Member(low)}-{RegexEscape.Member(high)}";
    }

    private Rune Single(int start)
    {
        if (_at >= _pattern.Length)
            throw Error("missing closing ]", _pattern[start..]);
        if (_pattern[_at] == '\\')
            return RegexEscape.Character(_pattern, ref _at);
        Rune.DecodeFromUtf16(_pattern.AsSpan(_at), out var rune, out var used);
        _at += used;
        return rune;
    }

    private void CheckSize()
    {
        if (_group.Size > LargestSize)
            throw Error("expression too large", _pattern);
    }

    private static FunctionException Error(string problem, string part) => RegexEscape.Error(problem, part);

    private struct FlagSet
    {
        public bool IgnoreCase;
        public bool Lines;
        public bool DotAll;
        public bool Ungreedy;
    }

    private struct Group(FlagSet flags, long size)
    {
        public FlagSet Flags = flags;
        public long Size = size;
    }
}
