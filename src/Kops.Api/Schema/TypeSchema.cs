// Compiled twice, into the library and into the source generator: keeps to what netstandard2.0 has.
using System;
using System.Collections.Generic;

namespace Kops.Api.Schema;

/// <summary>An object's type: its fields in kOps' order, which is the order of JSON output.</summary>
public sealed class TypeSchema
{
    private readonly Dictionary<string, FieldSchema> _byName = new Dictionary<string, FieldSchema>(StringComparer.Ordinal);

    internal TypeSchema(string name, IReadOnlyList<FieldSchema> fields)
    {
        Name = name;
        Fields = fields;
        var always = new List<FieldSchema>();
        foreach (var field in fields)
        {
            _byName.Add(field.Name, field);
            if (field.IsAlways || IsStruct(field.Type))
                always.Add(field);
        }

        AlwaysWritten = always;
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>
    /// The fields that are written even when nobody set them: those that say so, and Go's structs, which have no empty value.
    /// </summary>
    public IReadOnlyList<FieldSchema> AlwaysWritten { get; }

    /// <summary>The field of that name, or null.</summary>
    public FieldSchema? Find(string name) => _byName.TryGetValue(name, out var field) ? field : null;

    private static bool IsStruct(FieldType type) =>
        !type.IsPointer && type.Kind is (FieldKind.Object or FieldKind.Quantity or FieldKind.Duration or FieldKind.IntOrString);
}
