namespace Kops.Templates.Values;

/// <summary>Types of Go that have one value of zero each.</summary>
internal static class GoTypes
{
    /// <summary>The type that holds values of any type.</summary>
    public const string Any = "interface {}";

    /// <summary>The value that Go gives for an absent one of this type.</summary>
    public static Value Zero(string type) =>
        type switch
        {
            "string" => string.Empty,
            "bool" => false,
            "int" => 0,
            "int32" => Value.OfInt32(0),
            "int64" => 0L,
            "uint8" => (byte)0,
            "uint32" => 0u,
            "uint64" => 0ul,
            "float32" => 0f,
            "float64" => 0d,
            _ when type.StartsWith('*') => Value.NilPointer(type[1..]),
            _ when type.StartsWith("[]", StringComparison.Ordinal) => new TemplateList([], type[2..]),
            _ when type.StartsWith("map[string]", StringComparison.Ordinal) => new TemplateMap(type["map[string]".Length..]),
            _ => Value.Nil,
        };
}
