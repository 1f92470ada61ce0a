using System.Diagnostics.CodeAnalysis;

namespace Kops.Templates.Values;

/// <summary>
/// A value that templates see: one of a closed set of kinds, with Go's rules of truth. Booleans, numbers and texts of .NET convert
/// by themselves: <c>int</c> to Go's <c>int</c>, <c>long</c> to <c>int64</c>.
/// </summary>
[SuppressMessage("Usage", "CA2225", Justification = "The named alternate is As...; the conversions are the constructors.")]
public readonly struct Value
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly ValueKind _kind;
    private readonly bool _isPointer;

    private Value(ValueKind kind, object? reference, long bits = 0, bool isPointer = false) =>
        (_kind, _reference, _bits, _isPointer) = (kind, reference, bits, isPointer);

    /// <summary>Go's <c>nil</c>. The default value is the same.</summary>
    public static Value Nil => default;

    // What is not there: an absent key. It prints as <no value> and has no type; an argument that takes anything gets nil.
    internal static Value Missing => new(ValueKind.Nil, MissingMark.Instance);

    /// <summary>What it holds; for a pointer, what it points to.</summary>
    public ValueKind Kind => _kind;

    /// <summary>Whether it is a pointer, which is true whatever it points to unless that is nothing.</summary>
    public bool IsPointer => _isPointer;

    /// <summary>Whether it is <c>nil</c>, with or without a type.</summary>
    public bool IsNil => _kind <= ValueKind.NilPointer;

    /// <summary>
    /// Go's truth: false for <c>false</c>, 0, an empty text, list or map, and <c>nil</c>; true for all else, and for a pointer.
    /// </summary>
    public bool IsTrue =>
        _isPointer
        || _kind switch
        {
            ValueKind.Nil or ValueKind.NilPointer => false,
            ValueKind.Float32 or ValueKind.Float64 => Float != 0,
            ValueKind.String => Text.Length > 0,
            ValueKind.List => List.Count > 0,
            ValueKind.Map => Map.Count > 0,
            ValueKind.Object or ValueKind.Function or ValueKind.Sequence => true,
            _ => _bits != 0,
        };

    /// <summary>The name of its type in Go, such as <c>int64</c>, <c>[]interface {}</c> or <c>*bool</c>.</summary>
    public string TypeName => _isPointer ? "*" + BaseTypeName : BaseTypeName;

    internal bool IsMissing => ReferenceEquals(_reference, MissingMark.Instance);
    internal bool IsUntypedNil => _kind == ValueKind.Nil;
    internal bool IsSigned => _kind is ValueKind.Int or ValueKind.Int32 or ValueKind.Int64;
    internal bool IsUnsigned => _kind is ValueKind.Uint8 or ValueKind.Uint32 or ValueKind.Uint64;
    internal bool IsFloat => _kind is ValueKind.Float32 or ValueKind.Float64;
    internal bool IsString => _kind == ValueKind.String && !_isPointer;

    internal string Text => (string)_reference!;
    internal bool Truth => _bits != 0;
    internal long Signed => _bits;
    internal ulong Unsigned => (ulong)_bits;
    internal double Float => BitConverter.Int64BitsToDouble(_bits);
    internal TemplateList List => (TemplateList)_reference!;
    internal TemplateMap Map => (TemplateMap)_reference!;
    internal ITemplateObject Object => (ITemplateObject)_reference!;
    internal TemplateFunction Function => (TemplateFunction)_reference!;
    internal TemplateSequence Sequence => (TemplateSequence)_reference!;

    internal string BaseTypeName =>
        _kind switch
        {
            ValueKind.Nil => "<nil>",
            ValueKind.NilPointer => "*" + (string)_reference!,
            ValueKind.List => List.TypeName,
            ValueKind.Map => Map.TypeName,
            ValueKind.Object => Object.TypeName,
            ValueKind.Function => "func",
            ValueKind.Sequence => "iter.Seq",
            _ => KindNames.Of(_kind),
        };

    /// <summary>A truth.</summary>
    public static implicit operator Value(bool value) => new(ValueKind.Bool, null, value ? 1 : 0);

    /// <summary>Go's <c>int</c>.</summary>
    public static implicit operator Value(int value) => new(ValueKind.Int, null, value);

    /// <summary>Go's <c>int64</c>.</summary>
    public static implicit operator Value(long value) => new(ValueKind.Int64, null, value);

    /// <summary>Go's <c>uint8</c>.</summary>
    public static implicit operator Value(byte value) => new(ValueKind.Uint8, null, value);

    /// <summary>Go's <c>uint32</c>.</summary>
    public static implicit operator Value(uint value) => new(ValueKind.Uint32, null, value);

    /// <summary>Go's <c>uint64</c>.</summary>
    public static implicit operator Value(ulong value) => new(ValueKind.Uint64, null, (long)value);

    /// <summary>Go's <c>float32</c>.</summary>
    public static implicit operator Value(float value) => new(ValueKind.Float32, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Go's <c>float64</c>.</summary>
    public static implicit operator Value(double value) => new(ValueKind.Float64, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A text; <c>nil</c> for null.</summary>
    public static implicit operator Value(string? value) => value is null ? default : new(ValueKind.String, value);

    /// <summary>A list; <c>nil</c> for null.</summary>
    public static implicit operator Value(TemplateList? value) => value is null ? default : new(ValueKind.List, value);

    /// <summary>A map; <c>nil</c> for null.</summary>
    public static implicit operator Value(TemplateMap? value) => value is null ? default : new(ValueKind.Map, value);

    /// <summary>A function; <c>nil</c> for null.</summary>
    public static implicit operator Value(TemplateFunction? value) => value is null ? default : new(ValueKind.Function, value);

    /// <summary>A sequence; <c>nil</c> for null.</summary>
    public static implicit operator Value(TemplateSequence? value) => value is null ? default : new(ValueKind.Sequence, value);

    /// <summary>A struct of the host; <c>nil</c> for null.</summary>
    public static Value Of(ITemplateObject? value) => value is null ? default : new(ValueKind.Object, value);

    /// <summary>A number of Go's <c>int</c> beyond 32 bits.</summary>
    public static Value OfInt(long value) => new(ValueKind.Int, null, value);

    /// <summary>A number of Go's <c>int32</c>.</summary>
    public static Value OfInt32(int value) => new(ValueKind.Int32, null, value);

    /// <summary>
    /// A pointer to a value: true even where that is <c>false</c> or empty. A pointer to a pointer is the pointer itself.
    /// </summary>
    /// <exception cref="ArgumentException">The value is <c>nil</c>: that is <see cref="NilPointer"/>.</exception>
    public static Value Pointer(Value target) =>
        target.IsNil
            ? throw new ArgumentException("a pointer to nothing is NilPointer", nameof(target))
            : new(target._kind, target._reference, target._bits, isPointer: true);

    /// <summary>A pointer that points to nothing.</summary>
    /// <param name="type">The Go type that it would point to, such as <c>bool</c> or <c>kops.CiliumNetworkingSpec</c>.</param>
    public static Value NilPointer(string type) => new(ValueKind.NilPointer, type);

    /// <summary>The truth that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public bool AsBool() => _kind == ValueKind.Bool ? Truth : throw Unlike("bool");

    /// <summary>The whole number that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public long AsInt64() => IsSigned || IsUnsigned ? _bits : throw Unlike("int64");

    /// <summary>The number that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public double AsDouble() =>
        IsFloat ? Float
        : IsUnsigned ? Unsigned
        : AsInt64();

    /// <summary>The text that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public string AsString() => _kind == ValueKind.String ? Text : throw Unlike("string");

    /// <summary>The list that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public TemplateList AsList() => _kind == ValueKind.List ? List : throw Unlike("list");

    /// <summary>The map that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public TemplateMap AsMap() => _kind == ValueKind.Map ? Map : throw Unlike("map");

    /// <summary>The host's object that it holds or points to.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public ITemplateObject AsObject() => _kind == ValueKind.Object ? Object : throw Unlike("object");

    /// <summary>The name of its type: for people who debug. Templates print values with <c>print</c> and its verbs.</summary>
    public override string ToString() => TypeName;

    // What a pointer points to, else the value itself.
    internal Value Target => _isPointer ? new(_kind, _reference, _bits) : this;

    // An element of a container that holds values of any type: nil there is an interface that is nil, not a missing value.
    internal Value OrNil => IsMissing ? default : this;

    // The same list, map, object or function, which is what Go compares them by.
    internal bool IsSameAs(Value other) => ReferenceEquals(_reference, other._reference) && _bits == other._bits;

    private InvalidOperationException Unlike(string type) => new($"the value is of type {TypeName}, not {type}");

    private sealed class MissingMark
    {
        public static readonly MissingMark Instance = new();
    }
}
