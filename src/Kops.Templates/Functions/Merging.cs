using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>Maps merged into a map, as the library <c>mergo</c> that sprig uses does it, and copies all the way down.</summary>
internal static class Merging
{
    /// <summary>Merges all further maps into the first: into what is absent or empty there, or over it with what is not empty.</summary>
    public static Value Merge(TemplateArguments a, bool overwrites)
    {
        foreach (var source in a.From(1))
            Merge(a[0].Map, source.Map, overwrites, a.Scope, 0);
        return a[0];
    }

    public static Value Copy(Value value, CallScope scope) => Copy(value, scope, 0);

    private static void Merge(TemplateMap target, TemplateMap source, bool overwrites, CallScope scope, int depth)
    {
        StackGuard.Check(depth);
        if (ReferenceEquals(target, source))
            return;
        scope.Charge(source.Count);
        foreach (var key in source.SortedKeys)
        {
            var value = source[key];
            var isThere = target.TryGetValue(key, out var known);
            if (isThere && known is { Kind: ValueKind.Map, IsPointer: false } && value is { Kind: ValueKind.Map, IsPointer: false })
                Merge(known.Map, value.Map, overwrites, scope, depth + 1);
            else if (!isThere || DefaultFunctions.IsEmpty(known) || (overwrites && !DefaultFunctions.IsEmpty(value)))
                target[key] = value;
        }
    }

    private static Value Copy(Value value, CallScope scope, int depth)
    {
        StackGuard.Check(depth);
        if (value.Kind == ValueKind.List)
        {
            scope.Charge(value.List.Count);
            return Pointing(value, new TemplateList(value.List.Select(item => Copy(item, scope, depth + 1)), value.List.ElementType));
        }

        if (value.Kind != ValueKind.Map)
            return value;
        scope.Charge(value.Map.Count);
        var copy = new TemplateMap(value.Map.ElementType);
        foreach (var (key, item) in value.Map)
            copy[key] = Copy(item, scope, depth + 1);
        return Pointing(value, copy);
    }

    private static Value Pointing(Value original, Value copy) => original.IsPointer ? Value.Pointer(copy) : copy;
}
