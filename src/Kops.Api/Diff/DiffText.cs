using System.Globalization;
using System.Text;
using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>Differences for people: one line a field.</summary>
public static class DiffText
{
    // Wider objects are told field by field.
    private const int Width = 120;

    /// <summary>The lines of some changes, in their order.</summary>
    public static IReadOnlyList<DiffLine> Lines(IEnumerable<FieldChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var lines = new List<DiffLine>();
        foreach (var change in changes)
        {
            // The position of a plain value in its list says nothing to a person.
            var value = change.After ?? change.Before!;
            var path = change.Index is not null && value is ScalarNode ? change.Path.Parent : change.Path;
            if (change.Kind == ChangeKind.Changed)
                lines.Add(new DiffLine(ChangeKind.Changed, $"  {Name(path)}: {Inline(change.Before!)} -> {Inline(change.After!)}"));
            else
                Whole(lines, change.Kind, path, value);
        }

        return lines;
    }

    /// <summary>
    /// A value in one line, as YAML's flow style would have it; texts that could be misread stand in double quotes. Of certificates and
    /// keys in PEM it says how long they are.
    /// </summary>
    public static string Inline(Node value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Whole(List<DiffLine> lines, ChangeKind kind, FieldPath path, Node value)
    {
        var line = $"{(kind == ChangeKind.Added ? '+' : '-')} {Name(path)}: {Inline(value)}";
        if (line.Length <= Width || value is ScalarNode or MappingNode { Count: 0 } or SequenceNode { Count: 0 })
        {
            lines.Add(new DiffLine(kind, line));
        }
        else if (value is MappingNode mapping)
        {
            foreach (var (name, field) in mapping)
                Whole(lines, kind, path.Field(name), field);
        }
        else
        {
            var list = (SequenceNode)value;
            var byName = ListItems.Identities(list) is not null;
            for (var i = 0; i < list.Count; i++)
                Whole(lines, kind, list[i] is ScalarNode ? path : ListItems.PathOf(path, list, i, byName), list[i]);
        }
    }

    private static string Name(FieldPath path) => path.Segments.Count == 0 ? "(the whole object)" : path.ToString();

    private static void Write(StringBuilder text, Node value)
    {
        switch (value)
        {
            case MappingNode mapping:
                text.Append('{').AppendJoin(", ", mapping.Select(field => $"{Quoted(field.Key)}: {Inline(field.Value)}")).Append('}');
                break;
            case SequenceNode list:
                text.Append('[').AppendJoin(", ", list.Select(Inline)).Append(']');
                break;
            case ScalarNode { Kind: ScalarKind.Null }:
                text.Append("null");
                break;
            // Whole certificates tell nobody anything, and keys are nobody's business.
            case ScalarNode { Kind: ScalarKind.Text } pem when pem.Text.Contains("-----BEGIN ", StringComparison.Ordinal):
                text.Append(CultureInfo.InvariantCulture, $"(PEM, {pem.Text.Length} characters)");
                break;
            case ScalarNode { Kind: ScalarKind.Text } scalar:
                text.Append(Quoted(scalar.Text));
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static string Quoted(string text)
    {
        if (
            text.Length > 0
            && !text.Any(letter => char.IsControl(letter) || letter is '"' or '{' or '}' or '[' or ']' or ',')
            && text[0] != ' '
            && text[^1] != ' '
            && !text.Contains(": ", StringComparison.Ordinal)
            && !text.Contains("->", StringComparison.Ordinal)
        )
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(letter) => quoted.Append($"\\u{(int)letter:x4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }
}
