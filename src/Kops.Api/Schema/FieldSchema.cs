// Compiled twice, into the library and into the source generator: keeps to what netstandard2.0 has.
using System.Collections.Generic;

namespace Kops.Api.Schema;

/// <summary>A field of an object.</summary>
public sealed class FieldSchema
{
    internal FieldSchema(string name, FieldType type, bool isAlways, IReadOnlyList<string> oneOf)
    {
        Name = name;
        Type = type;
        IsAlways = isAlways;
        OneOf = oneOf;
    }

    /// <summary>The name in YAML and JSON.</summary>
    public string Name { get; }

    /// <summary>The type.</summary>
    public FieldType Type { get; }

    /// <summary>Whether the field is written even when it is empty.</summary>
    public bool IsAlways { get; }

    /// <summary>The values that the field can have; empty when any will do.</summary>
    public IReadOnlyList<string> OneOf { get; }
}
