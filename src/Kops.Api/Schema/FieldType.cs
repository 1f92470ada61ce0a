// Compiled twice, into the library and into the source generator: keeps to what netstandard2.0 has.
using System;

namespace Kops.Api.Schema;

/// <summary>The type of a field.</summary>
public sealed class FieldType
{
    internal FieldType(FieldKind kind, bool isPointer, FieldType? element, string? typeName)
    {
        Kind = kind;
        IsPointer = isPointer;
        Element = element;
        TypeName = typeName;
    }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>
    /// Whether kOps tells "not set" from "set to the zero value" (a pointer in Go): a zero value that is set is then written.
    /// </summary>
    public bool IsPointer { get; }

    /// <summary>What the list or map holds.</summary>
    public FieldType? Element { get; }

    /// <summary>The name of the object's type.</summary>
    public string? TypeName { get; }

    internal static FieldType Parse(string text)
    {
        var isPointer = text.EndsWith("?", StringComparison.Ordinal);
        if (isPointer)
            text = text.Substring(0, text.Length - 1);
        if (text.StartsWith("[]", StringComparison.Ordinal))
            return new FieldType(FieldKind.List, isPointer, Parse(text.Substring(2)), null);
        if (text.StartsWith("map[string]", StringComparison.Ordinal))
            return new FieldType(FieldKind.Map, isPointer, Parse(text.Substring("map[string]".Length)), null);
        switch (text)
        {
            case "string":
                return new FieldType(FieldKind.Text, isPointer, null, null);
            case "bool":
                return new FieldType(FieldKind.Boolean, isPointer, null, null);
            case "int32":
                return new FieldType(FieldKind.Int32, isPointer, null, null);
            case "int":
            case "int64":
                return new FieldType(FieldKind.Int64, isPointer, null, null);
            case "float":
                return new FieldType(FieldKind.Float, isPointer, null, null);
            case "quantity":
                return new FieldType(FieldKind.Quantity, isPointer, null, null);
            case "intOrString":
                return new FieldType(FieldKind.IntOrString, isPointer, null, null);
            case "duration":
                return new FieldType(FieldKind.Duration, isPointer, null, null);
            case "time":
                return new FieldType(FieldKind.Time, isPointer, null, null);
            case "bytes":
                return new FieldType(FieldKind.Bytes, isPointer, null, null);
            case "any":
                return new FieldType(FieldKind.Any, isPointer, null, null);
            default:
                return new FieldType(FieldKind.Object, isPointer, null, text);
        }
    }
}
