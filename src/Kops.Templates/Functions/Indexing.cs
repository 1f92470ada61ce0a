using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary><c>len</c>, <c>index</c> and <c>slice</c>, for lists, maps and texts.</summary>
internal static class Indexing
{
    public static Value Length(Value value) =>
        value.Kind switch
        {
            ValueKind.String => ByteText.Length(value.Text),
            ValueKind.List => value.List.Count,
            ValueKind.Map => value.Map.Count,
            ValueKind.NilPointer => throw new FunctionException("len of nil pointer"),
            _ => throw new FunctionException($"len of type {value.Target.TypeName}"),
        };

    public static Value Index(Value item, ReadOnlySpan<Value> indexes)
    {
        if (item.IsUntypedNil)
            throw new FunctionException("index of untyped nil");
        foreach (var index in indexes)
        {
            item = item.Kind switch
            {
                ValueKind.NilPointer => throw new FunctionException("index of nil pointer"),
                ValueKind.List => item.List[Place(index, item.List.Count - 1)],
                ValueKind.String => ByteText.At(item.Text, Place(index, ByteText.Length(item.Text) - 1)),
                ValueKind.Map => OfMap(item.Map, index),
                _ => throw new FunctionException($"can't index item of type {item.Target.TypeName}"),
            };
        }

        return item;
    }

    public static Value Slice(Value item, ReadOnlySpan<Value> indexes)
    {
        if (item.IsUntypedNil)
            throw new FunctionException("slice of untyped nil");
        if (indexes.Length > 3)
            throw new FunctionException($"too many slice indexes: {indexes.Length}");
        if (item.Kind == ValueKind.String && indexes.Length == 3)
            throw new FunctionException("cannot 3-index slice a string");
        var length = item.Kind switch
        {
            ValueKind.String => ByteText.Length(item.Text),
            ValueKind.List => item.List.Count,
            _ => throw new FunctionException($"can't slice item of type {item.Target.TypeName}"),
        };
        var start = indexes.Length > 0 ? Place(indexes[0], length) : 0;
        var end = indexes.Length > 1 ? Place(indexes[1], length) : length;
        if (start > end)
            throw new FunctionException($"invalid slice index: {start} > {end}");
        // The third index bounds the capacity, which no template sees.
        if (indexes.Length == 3 && Place(indexes[2], length) is var capacity && end > capacity)
            throw new FunctionException($"invalid slice index: {end} > {capacity}");
        return item.Kind == ValueKind.String ? ByteText.Slice(item.Text, start, end) : item.List.Slice(start, end);
    }

    private static Value OfMap(TemplateMap map, Value key)
    {
        if (key.IsUntypedNil)
            throw new FunctionException("value is nil; should be of type string");
        if (!key.IsString)
            throw new FunctionException($"value has type {key.TypeName}; should be string");
        return map.TryGetValue(key.Text, out var value) ? value : GoTypes.Zero(map.ElementType);
    }

    private static int Place(Value index, int last)
    {
        if (index.IsUntypedNil)
            throw new FunctionException("cannot index slice/array with nil");
        if (index.IsPointer || (!index.IsSigned && !index.IsUnsigned))
            throw new FunctionException($"cannot index slice/array with type {index.TypeName}");
        return index.Signed >= 0 && index.Signed <= last
            ? (int)index.Signed
            : throw new FunctionException($"index out of range: {(index.IsSigned ? index.Signed.ToString() : index.Unsigned.ToString())}");
    }
}
