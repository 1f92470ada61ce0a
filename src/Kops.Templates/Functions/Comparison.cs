using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>
/// Go's comparisons: only values of the same basic kind compare, and whole numbers of all kinds; lists and maps do not, but with nil.
/// </summary>
internal static class Comparison
{
    private enum Basic
    {
        None,
        Bool,
        Signed,
        Unsigned,
        Float,
        Text,
    }

    /// <summary>Whether the first equals one of the others.</summary>
    public static bool Equal(Value first, ReadOnlySpan<Value> others)
    {
        if (others.Length == 0)
            throw new FunctionException("missing argument for comparison");
        foreach (var other in others)
        {
            if (Equal(first, other))
                return true;
        }

        return false;
    }

    public static bool Less(Value a, Value b)
    {
        var (kindA, kindB) = (KindOf(a), KindOf(b));
        if (kindA == Basic.None || kindB == Basic.None)
            throw new FunctionException("invalid type for comparison");
        return (kindA, kindB) switch
        {
            (Basic.Signed, Basic.Unsigned) => a.Signed < 0 || (ulong)a.Signed < b.Unsigned,
            (Basic.Unsigned, Basic.Signed) => b.Signed >= 0 && a.Unsigned < (ulong)b.Signed,
            _ when kindA != kindB => throw Incompatible(),
            (Basic.Signed, _) => a.Signed < b.Signed,
            (Basic.Unsigned, _) => a.Unsigned < b.Unsigned,
            (Basic.Float, _) => a.Float < b.Float,
            (Basic.Text, _) => GoOrder.Instance.Compare(a.Text, b.Text) < 0,
            _ => throw new FunctionException("invalid type for comparison"),
        };
    }

    private static bool Equal(Value a, Value b)
    {
        var (kindA, kindB) = (KindOf(a), KindOf(b));
        return (kindA, kindB) switch
        {
            (Basic.Signed, Basic.Unsigned) or (Basic.Unsigned, Basic.Signed) => a.Signed >= 0 && b.Signed >= 0 && a.Signed == b.Signed,
            _ when kindA != kindB => a.IsUntypedNil || b.IsUntypedNil ? false : throw Incompatible(),
            (Basic.Bool, _) or (Basic.Signed, _) or (Basic.Unsigned, _) => a.Signed == b.Signed,
            (Basic.Float, _) => a.Float == b.Float,
            (Basic.Text, _) => a.Text == b.Text,
            _ => EqualOthers(a, b),
        };
    }

    // Of what is not basic, pointers and structs compare by what they are, all else only with nil.
    private static bool EqualOthers(Value a, Value b)
    {
        if (a.IsNil || b.IsNil)
            return a.IsNil == b.IsNil;
        if (a.Kind is ValueKind.List or ValueKind.Map or ValueKind.Function && !a.IsPointer)
            throw new FunctionException($"non-comparable type {a.TypeName}");
        return a.TypeName == b.TypeName && a.IsPointer == b.IsPointer && a.IsSameAs(b);
    }

    private static Basic KindOf(Value value) =>
        value.IsPointer ? Basic.None
        : value.IsSigned ? Basic.Signed
        : value.IsUnsigned ? Basic.Unsigned
        : value.IsFloat ? Basic.Float
        : value.Kind switch
        {
            ValueKind.Bool => Basic.Bool,
            ValueKind.String => Basic.Text,
            _ => Basic.None,
        };

    private static FunctionException Incompatible() => new("incompatible types for comparison");
}
