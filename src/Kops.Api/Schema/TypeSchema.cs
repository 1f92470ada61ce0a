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
        foreach (var field in fields) _byName.Add(field.Name, field);
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>The field of that name, or null.</summary>
    public FieldSchema? Find(string name) => _byName.TryGetValue(name, out var field) ? field : null;
}
