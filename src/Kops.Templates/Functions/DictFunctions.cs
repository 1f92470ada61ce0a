using Kops.Templates.Faults;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>
/// sprig's functions of maps. <c>set</c>, <c>unset</c> and <c>merge</c> change the map that they are given. Keys and values come in order
/// of keys.
/// </summary>
internal static class DictFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("dict", [], Any, Dict);
        table.Add("get", [Map, Str], a => a[0].Map.TryGetValue(a.Text(1), out var value) ? value : string.Empty);
        table.Add("set", [Map, Str, Any], Set);
        table.Add("unset", [Map, Str], Unset);
        table.Add("hasKey", [Map, Str], a => a[0].Map.TryGetValue(a.Text(1), out _));
        table.Add("pluck", [Str], Map, Pluck);
        table.Add("keys", [], Map, Keys);
        table.Add("values", [Map], a => Lists.Of([.. a[0].Map.Select(pair => pair.Value)], a.Scope));
        table.Add("pick", [Map], Str, a => Filter(a, isKept: true));
        table.Add("omit", [Map], Str, a => Filter(a, isKept: false));
        table.Add("dig", [], Any, Dig);
        table
            .Add("merge", [Map], Map, a => Merging.Merge(a, overwrites: false))
            .Add("mustMerge", [Map], Map, a => Merging.Merge(a, overwrites: false));
        table
            .Add("mergeOverwrite", [Map], Map, a => Merging.Merge(a, overwrites: true))
            .Add("mustMergeOverwrite", [Map], Map, a => Merging.Merge(a, overwrites: true));
        table.Add("deepCopy", [Any], a => Merging.Copy(a[0], a.Scope)).Add("mustDeepCopy", [Any], a => Merging.Copy(a[0], a.Scope));
    }

    private static Value Dict(TemplateArguments a)
    {
        var map = new TemplateMap();
        for (var i = 0; i < a.Count; i += 2)
            map[Text.Of(a[i], a.Scope)] = i + 1 < a.Count ? a[i + 1] : string.Empty;
        return map;
    }

    private static Value Set(TemplateArguments a)
    {
        a[0].Map[a.Text(1)] = a[2];
        return a[0];
    }

    private static Value Unset(TemplateArguments a)
    {
        a[0].Map.Remove(a.Text(1));
        return a[0];
    }

    private static Value Pluck(TemplateArguments a)
    {
        var found = new List<Value>();
        foreach (var map in a.From(1))
        {
            if (map.Map.TryGetValue(a.Text(0), out var value))
                found.Add(value);
        }

        return Lists.Of(found, a.Scope);
    }

    private static Value Keys(TemplateArguments a)
    {
        var keys = new List<string>();
        foreach (var map in a.All)
        {
            a.Scope.Charge(map.Map.Count);
            keys.AddRange(map.Map.SortedKeys);
        }

        return TemplateList.OfTexts(keys);
    }

    private static Value Filter(TemplateArguments a, bool isKept)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in a.From(1))
            names.Add(name.Text);
        a.Scope.Charge(a[0].Map.Count);
        var filtered = new TemplateMap();
        foreach (var (key, value) in a[0].Map)
        {
            if (names.Contains(key) == isKept)
                filtered[key] = value;
        }

        return filtered;
    }

    private static Value Dig(TemplateArguments a)
    {
        if (a.Count < 3)
            throw new FunctionException("dig needs at least three arguments");
        var value = a[a.Count - 1];
        foreach (var key in a.All[..^2])
        {
            if (!key.IsString)
                throw new FunctionException($"dig: a key is of type {key.TypeName}, not string");
            if (value.IsPointer || value.Kind != ValueKind.Map)
                throw new FunctionException($"dig: {key.Text} is looked for in a value of type {value.TypeName}, not a map");
            if (!value.Map.TryGetValue(key.Text, out value))
                return a[a.Count - 2];
        }

        return value;
    }
}
