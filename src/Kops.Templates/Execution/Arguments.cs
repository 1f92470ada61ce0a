using Kops.Templates.Parsing.Nodes;
using Kops.Templates.Values;

namespace Kops.Templates.Execution;

/// <summary>Makes arguments fit the types of parameters, as strictly as Go, and says in its words where they do not.</summary>
internal static class Arguments
{
    /// <summary>A value that was computed. A pointer to what is wanted is followed.</summary>
    public static (Value Value, string? Problem) Fit(Value value, ParameterType type, bool isAbsent)
    {
        if (type == ParameterType.Any)
            return (value, null);
        if (isAbsent)
            return (value, $"invalid value; expected {NameOf(type)}");
        if (Is(value, type))
            return (type == ParameterType.Struct ? value : value.Target, null);
        if (value.Kind == ValueKind.NilPointer && value.TypeName == "*" + NameOf(type))
            return (value, $"dereference of nil pointer of type {value.TypeName}");
        return (value, $"wrong type for value; expected {NameOf(type)}; got {(value.IsUntypedNil ? GoTypes.Any : value.TypeName)}");
    }

    /// <summary>A number of the source: it takes the kind that is asked for.</summary>
    public static (Value Value, string? Problem) Fit(NumberNode node, ParameterType type)
    {
        var number = node.Constant;
        return type switch
        {
            ParameterType.Int when number.Whole is { } whole => (Value.OfInt(whole), null),
            ParameterType.Long when number.Whole is { } whole => (whole, null),
            ParameterType.Float => (number.Float, null),
            _ => (default, Expected(node, type)),
        };
    }

    /// <summary>A truth or a text of the source.</summary>
    public static (Value Value, string? Problem) Fit(Node node, Value value, ParameterType type) =>
        Is(value, type) ? (value, null) : (value, Expected(node, type));

    /// <summary><c>nil</c> in the source.</summary>
    public static (Value Value, string? Problem) FitNil(ParameterType type) =>
        type switch
        {
            ParameterType.Any => (Value.Nil, null),
            ParameterType.Map => (new TemplateMap(), null),
            ParameterType.List => (new TemplateList([]), null),
            _ => (default, $"cannot assign nil to {NameOf(type)}"),
        };

    private static bool Is(Value value, ParameterType type) =>
        type switch
        {
            ParameterType.Text => value.Kind == ValueKind.String,
            ParameterType.Bool => value.Kind == ValueKind.Bool,
            ParameterType.Int => value.Kind == ValueKind.Int,
            ParameterType.Long => value.Kind == ValueKind.Int64,
            ParameterType.Float => value.Kind == ValueKind.Float64,
            ParameterType.Map => value.Kind == ValueKind.Map && value.Map.ElementType == GoTypes.Any,
            ParameterType.List => value.Kind == ValueKind.List,
            ParameterType.Struct => value.Kind == ValueKind.Object,
            _ => true,
        };

    private static string Expected(Node node, ParameterType type) =>
        type switch
        {
            ParameterType.Text => $"expected string; found {node}",
            ParameterType.Bool => $"expected bool; found {node}",
            ParameterType.Int or ParameterType.Long => $"expected integer; found {node}",
            ParameterType.Float => $"expected float; found {node}",
            _ => $"can't handle {node} for arg of type {NameOf(type)}",
        };

    private static string NameOf(ParameterType type) =>
        type switch
        {
            ParameterType.Text => "string",
            ParameterType.Bool => "bool",
            ParameterType.Int => "int",
            ParameterType.Long => "int64",
            ParameterType.Float => "float64",
            ParameterType.Map => "map[string]" + GoTypes.Any,
            ParameterType.List => "[]" + GoTypes.Any,
            ParameterType.Struct => "struct",
            _ => GoTypes.Any,
        };
}
