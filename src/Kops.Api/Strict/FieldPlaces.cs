using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>Where else in a kind a field of some name exists, so that one at the wrong place can be told the right one.</summary>
internal sealed class FieldPlaces(ApiSchema schema, TypeSchema kind)
{
    // With more, no place is a good guess.
    private const int Most = 4;

    /// <summary>The nearest paths to fields of that name, at most four.</summary>
    public IReadOnlyList<string> Of(string name)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { kind.Name };
        var waiting = new Queue<(string Path, TypeSchema Type)>([(string.Empty, kind)]);
        while (waiting.TryDequeue(out var place) && found.Count < Most)
        {
            foreach (var field in place.Type.Fields)
            {
                var path = place.Path.Length == 0 ? field.Name : $"{place.Path}.{field.Name}";
                if (field.Name == name)
                    found.Add(path);
                var (inner, steps) = Innermost(field.Type);
                if (inner.Kind == FieldKind.Object && seen.Add(inner.TypeName!))
                    waiting.Enqueue((path + steps, schema.TypeOf(inner)));
            }
        }

        return found;
    }

    private static (FieldType Type, string Steps) Innermost(FieldType type)
    {
        var steps = string.Empty;
        for (; type.Element is { } element; type = element)
            steps += type.Kind == FieldKind.List ? "[]" : "[KEY]";
        return (type, steps);
    }
}
