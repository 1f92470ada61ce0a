using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>Go's <c>reflect.DeepEqual</c>: equal only where the types are, too.</summary>
internal static class DeepEqual
{
    public static bool Compare(Value a, Value b, CallScope scope) => Compare(a, b, scope, 0);

    private static bool Compare(Value a, Value b, CallScope scope, int depth)
    {
        StackGuard.Check(depth);
        scope.Charge(1);
        if (a.Kind != b.Kind || a.IsPointer != b.IsPointer)
            return false;
        return a.Kind switch
        {
            ValueKind.Nil => true,
            ValueKind.NilPointer => a.TypeName == b.TypeName,
            ValueKind.Float32 or ValueKind.Float64 => a.Float == b.Float,
            ValueKind.String => Texts(a.Text, b.Text, scope),
            ValueKind.List => Lists(a.List, b.List, scope, depth),
            ValueKind.Map => Maps(a.Map, b.Map, scope, depth),
            ValueKind.Object => Objects(a.Object, b.Object, scope, depth),
            ValueKind.Function or ValueKind.Sequence => false,
            _ => a.Signed == b.Signed,
        };
    }

    private static bool Texts(string a, string b, CallScope scope)
    {
        if (a.Length != b.Length)
            return false;
        scope.ChargeText(a.Length);
        return a == b;
    }

    private static bool Lists(TemplateList a, TemplateList b, CallScope scope, int depth)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.ElementType != b.ElementType || a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!Compare(a[i], b[i], scope, depth + 1))
                return false;
        }

        return true;
    }

    private static bool Maps(TemplateMap a, TemplateMap b, CallScope scope, int depth)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.ElementType != b.ElementType || a.Count != b.Count)
            return false;
        foreach (var key in a.SortedKeys)
        {
            if (!b.TryGetValue(key, out var other) || !Compare(a[key], other, scope, depth + 1))
                return false;
        }

        return true;
    }

    private static bool Objects(ITemplateObject a, ITemplateObject b, CallScope scope, int depth)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.TypeName != b.TypeName || a.Text != b.Text)
            return false;
        var hasFields = false;
        foreach (var name in a.FieldNames)
        {
            hasFields = true;
            if (!a.TryGetField(name, out var field) || !b.TryGetField(name, out var other) || !Compare(field, other, scope, depth + 1))
                return false;
        }

        return hasFields || a.Text is not null;
    }
}
