using System.Diagnostics.CodeAnalysis;

namespace Kops.Templates.Values;

/// <summary>
/// A struct of the host, with fields and methods by name. The host implements it, so that nothing is looked up by reflection. Hand it in
/// as <see cref="Value.Of"/>, or as <see cref="Value.Pointer"/> of that where it is a pointer in Go.
/// </summary>
public interface ITemplateObject
{
    /// <summary>The name of its type in Go, such as <c>kops.ClusterSpec</c>; error messages show it.</summary>
    string TypeName { get; }

    /// <summary>Its fields in the order of declaration, for printing it whole.</summary>
    IEnumerable<string> FieldNames => [];

    /// <summary>Finds a field. A field whose pointer is nil gives <see cref="Value.NilPointer"/>.</summary>
    bool TryGetField(string name, out Value value);

    /// <summary>Finds a method. It is called where its name stands, with the arguments behind it.</summary>
    bool TryGetMethod(string name, [MaybeNullWhen(false)] out TemplateFunction method)
    {
        method = null;
        return false;
    }

    /// <summary>How it prints (Go's <c>String()</c>); null where it prints field by field.</summary>
    string? Text => null;
}
