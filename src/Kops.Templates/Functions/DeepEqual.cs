using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>Go's <c>reflect.DeepEqual</c>: equal only where the types are, too.</summary>
internal static class DeepEqual
{
    public static bool Compare(Value a, Value b) => Compare(a, b, 0);

    private static bool Compare(Value a, Value b, int depth)
    {
        StackGuard.Check(depth);
        if (a.Kind != b.Kind || a.IsPointer != b.IsPointer)
            return false;
        return a.Kind switch
        {
            ValueKind.Nil => true,
            ValueKind.NilPointer => a.TypeName == b.TypeName,
            ValueKind.Float32 or ValueKind.Float64 => a.Float == b.Float,
            ValueKind.String => a.Text == b.Text,
            ValueKind.List => Lists(a.List, b.List, depth),
            ValueKind.Map => Maps(a.Map, b.Map, depth),
            ValueKind.Object => Objects(a.Object, b.Object, depth),
            ValueKind.Function or ValueKind.Sequence => false,
            _ => a.Signed == b.Signed,
        };
    }

    private static bool Lists(TemplateList a, TemplateList b, int depth)
    {
        if (a.ElementType != b.ElementType || a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!Compare(a[i], b[i], depth + 1))
                return false;
        }

        return true;
    }

    private static bool Maps(TemplateMap a, TemplateMap b, int depth)
    {
        if (a.ElementType != b.ElementType || a.Count != b.Count)
            return false;
        foreach (var key in a.SortedKeys)
        {
            if (!b.TryGetValue(key, out var other) || !Compare(a[key], other, depth + 1))
                return false;
        }

        return true;
    }

    private static bool Objects(ITemplateObject a, ITemplateObject b, int depth)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.TypeName != b.TypeName || a.Text != b.Text)
            return false;
        var hasFields = false;
        foreach (var name in a.FieldNames)
        {
            hasFields = true;
            if (!a.TryGetField(name, out var field) || !b.TryGetField(name, out var other) || !Compare(field, other, depth + 1))
                return false;
        }

        return hasFields || a.Text is not null;
    }
}
