using Kops.Api.Schema;

namespace Kops.Cli.WordCompletion;

/// <summary>The fields of an object by path, for completion: one level at a time, as the schema has them.</summary>
internal static class FieldNames
{
    /// <summary>The paths that what was typed may become.</summary>
    /// <param name="typeName">The object's type: <c>Cluster</c>.</param>
    /// <param name="typed">What was typed: <c>spec.networking.ca</c>.</param>
    /// <param name="ending">What follows a field that has none below it: <c>=</c>, or nothing.</param>
    public static IEnumerable<string> Find(string typeName, string typed, string ending)
    {
        var schema = ApiSchema.V1Alpha2;
        var above = typed[..(typed.LastIndexOf('.') + 1)];
        var type = schema.Find(typeName);
        foreach (var segment in above.Split('.', StringSplitOptions.RemoveEmptyEntries))
            type =
                type?.Find(segment.Split('[')[0])?.Type is { } field && Inside(field) is { TypeName: not null } inside
                    ? schema.TypeOf(inside)
                    : null;
        return type?.Fields.Select(field => $"{above}{field.Name}{Following(field.Type, ending)}") ?? [];
    }

    private static string Following(FieldType field, string ending) =>
        field.Kind switch
        {
            FieldKind.Object => ".",
            FieldKind.List when field.Element is { Kind: FieldKind.Object } => "[",
            _ => ending,
        };

    private static FieldType Inside(FieldType field)
    {
        while (field is { Kind: FieldKind.List or FieldKind.Map, Element: { } element })
            field = element;
        return field;
    }
}
