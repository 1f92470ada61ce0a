namespace Kops.Templates.Values;

/// <summary>What a <see cref="Value"/> holds. The kinds of numbers are those of Go, since it compares and prints them by kind.</summary>
public enum ValueKind
{
    /// <summary>Nothing: Go's <c>nil</c>.</summary>
    Nil,

    /// <summary>A pointer that points to nothing; its type is known (<see cref="Value.TypeName"/>).</summary>
    NilPointer,

    /// <summary>A truth.</summary>
    Bool,

    /// <summary>Go's <c>int</c>, of 64 bits.</summary>
    Int,

    /// <summary>Go's <c>int32</c>.</summary>
    Int32,

    /// <summary>Go's <c>int64</c>.</summary>
    Int64,

    /// <summary>Go's <c>uint8</c>, which is also what <c>index</c> of a string gives.</summary>
    Uint8,

    /// <summary>Go's <c>uint32</c>.</summary>
    Uint32,

    /// <summary>Go's <c>uint64</c>.</summary>
    Uint64,

    /// <summary>Go's <c>float32</c>.</summary>
    Float32,

    /// <summary>Go's <c>float64</c>.</summary>
    Float64,

    /// <summary>A text.</summary>
    String,

    /// <summary>A <see cref="TemplateList"/>.</summary>
    List,

    /// <summary>A <see cref="TemplateMap"/>.</summary>
    Map,

    /// <summary>An <see cref="ITemplateObject"/>: a struct of the host.</summary>
    Object,

    /// <summary>A <see cref="TemplateFunction"/>, which <c>call</c> calls.</summary>
    Function,

    /// <summary>A sequence that <c>range</c> goes through: an iterator function of Go.</summary>
    Sequence,
}
