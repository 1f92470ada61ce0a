// Compiled twice, into the library and into the source generator: keeps to what netstandard2.0 has.
using System;
using System.Collections.Generic;

namespace Kops.Api.Schema;

/// <summary>Reads the text form of a schema: a type at the line's start, its fields below, indented: name, type, flags.</summary>
internal static class SchemaText
{
    private static readonly char[] Blank = { ' ', '\t', '\r' };

    public static Dictionary<string, TypeSchema> Parse(string text, Func<string, string>? include = null)
    {
        var types = new Dictionary<string, TypeSchema>(StringComparer.Ordinal);
        string? current = null;
        var fields = new List<FieldSchema>();
        foreach (var line in text.Split('\n'))
        {
            var hash = line.IndexOf('#');
            var words = (hash < 0 ? line : line.Substring(0, hash)).Split(Blank, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (line[0] != ' ')
            {
                Close();
                if (words[0] != "include")
                {
                    current = words[0];
                }
                else if (include != null)
                {
                    foreach (var type in Parse(include(words[1]), include))
                        types[type.Key] = type.Value;
                }
            }
            else
            {
                fields.Add(ParseField(words));
            }
        }

        Close();
        return types;

        void Close()
        {
            if (current != null)
                types[current] = new TypeSchema(current, fields);
            current = null;
            fields = new List<FieldSchema>();
        }
    }

    private static FieldSchema ParseField(string[] words)
    {
        var isAlways = false;
        IReadOnlyList<string> oneOf = Array.Empty<string>();
        for (var i = 2; i < words.Length; i++)
        {
            if (words[i] == "always")
                isAlways = true;
            else if (words[i].StartsWith("one-of=", StringComparison.Ordinal))
                oneOf = words[i].Substring("one-of=".Length).Split(',');
            else if (words[i] != "deprecated")
                throw new FormatException("unknown flag '" + words[i] + "' of field '" + words[0] + "'");
        }

        return new FieldSchema(words[0], FieldType.Parse(words[1]), isAlways, oneOf);
    }
}
