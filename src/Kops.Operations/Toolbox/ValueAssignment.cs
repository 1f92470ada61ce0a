using System.Globalization;
using System.Text;
using Kops.Templates.Values;

namespace Kops.Operations.Toolbox;

/// <summary>
/// Values of the command line, in Helm's notation: <c>a.b=1,list={x,y},list[1].name=z</c>. A backslash takes the meaning from the character
/// behind it.
/// </summary>
internal sealed class ValueAssignment
{
    private const int LargestIndex = 65_536;
    private readonly string _flag;
    private readonly string _text;
    private readonly bool _isText;
    private int _at;

    private ValueAssignment(string flag, string text, bool isText) => (_flag, _text, _isText) = (flag, text, isText);

    /// <summary>Sets what a text says.</summary>
    /// <exception cref="OperationException">The text is malformed.</exception>
    public static void Apply(string flag, string text, TemplateMap values, bool isText)
    {
        var assignment = new ValueAssignment(flag, text, isText);
        while (assignment._at < text.Length)
            assignment.InMap(values);
    }

    private void InMap(TemplateMap map)
    {
        var name = Word("=[,.", out var end);
        switch (end)
        {
            case '=':
                map[name] = Right();
                break;
            case '.':
                var inner = map.TryGetValue(name, out var known) && known.Kind == ValueKind.Map ? known.AsMap() : [];
                InMap(inner);
                map[name] = inner;
                break;
            case '[':
                var list = map.TryGetValue(name, out var old) && old.Kind == ValueKind.List ? old.AsList() : new TemplateList([]);
                map[name] = InList(list);
                break;
            default:
                throw Malformed($"'{name}' has no value: write {name}=VALUE");
        }
    }

    private TemplateList InList(TemplateList list)
    {
        var text = Word("]", out var end);
        if (end != ']' || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > LargestIndex)
            throw Malformed($"'[{text}' is not a place in a list: write a number from 0 to {LargestIndex} in brackets");
        var items = list.ToList();
        while (items.Count <= index)
            items.Add(Value.Nil);
        var old = items[index];
        switch (_at < _text.Length ? _text[_at++] : '\0')
        {
            case '=':
                items[index] = Right();
                break;
            case '.':
                var inner = old.Kind == ValueKind.Map ? old.AsMap() : [];
                InMap(inner);
                items[index] = inner;
                break;
            case '[':
                items[index] = InList(old.Kind == ValueKind.List ? old.AsList() : new TemplateList([]));
                break;
            default:
                throw Malformed($"the element [{index}] has no value: write [{index}]=VALUE");
        }

        return new TemplateList(items);
    }

    private Value Right()
    {
        if (_at == _text.Length || _text[_at] != '{')
            return Typed(Word(",", out _));
        _at++;
        var items = new List<Value>();
        while (true)
        {
            var item = Word(",}", out var end);
            if (end == '\0')
                throw Malformed("a list is not closed: write {a,b}");
            if (end == ',' || item.Length > 0 || items.Count > 0)
                items.Add(Typed(item));
            if (end == '}')
                break;
        }

        if (_at < _text.Length && _text[_at++] != ',')
            throw Malformed("a comma has to follow the closing brace of a list");
        return new TemplateList(items);
    }

    private Value Typed(string text) =>
        _isText
            ? text
            : text switch
            {
                "true" => true,
                "false" => false,
                "null" => Value.Nil,
                "0" => 0L,
                // A zero in front is not a number's: it would be lost.
                ['0', ..] => text,
                _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text,
            };

    // Up to one of the characters, which is passed over; a zero character for the end.
    private string Word(string ends, out char end)
    {
        var word = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            end = _text[_at];
            if (end == '\\' && _at + 1 < _text.Length)
            {
                word.Append(_text[++_at]);
                continue;
            }

            if (ends.Contains(end, StringComparison.Ordinal))
            {
                _at++;
                return word.ToString();
            }

            word.Append(end);
        }

        end = '\0';
        return word.ToString();
    }

    private OperationException Malformed(string problem) => OperationException.InvalidRequest($"{_flag} {_text}: {problem}");
}
