namespace Kops.Templates.Values;

/// <summary>Go's names of kinds (<c>reflect.Kind</c>); of the basic kinds they are those of the types too.</summary>
internal static class KindNames
{
    public static string Of(ValueKind kind) =>
        kind switch
        {
            ValueKind.Nil => "invalid",
            ValueKind.NilPointer => "ptr",
            ValueKind.Bool => "bool",
            ValueKind.Int => "int",
            ValueKind.Int32 => "int32",
            ValueKind.Int64 => "int64",
            ValueKind.Uint8 => "uint8",
            ValueKind.Uint32 => "uint32",
            ValueKind.Uint64 => "uint64",
            ValueKind.Float32 => "float32",
            ValueKind.Float64 => "float64",
            ValueKind.String => "string",
            ValueKind.List => "slice",
            ValueKind.Map => "map",
            ValueKind.Object => "struct",
            _ => "func",
        };

    public static string Of(Value value) => value.IsPointer ? "ptr" : Of(value.Kind);
}
