using Kops.Templates.Faults;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of lists. Each <c>must</c> variant is the same: these all report what is wrong.</summary>
internal static class ListFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("list", [], Any, a => Lists.Of([.. a.All], a.Scope));
        table.Add("tuple", [], Any, a => Lists.Of([.. a.All], a.Scope));
        table.Add("concat", [], Any, Concat);
        Both(table, "append", "Append", [Any, Any], Append);
        Both(table, "push", "Push", [Any, Any], Append);
        Both(table, "prepend", "Prepend", [Any, Any], Prepend);
        Both(
            table,
            "first",
            "First",
            [Any],
            a => Lists.Require(a[0], "Cannot find first on type") is { Count: > 0 } list ? list[0] : Value.Nil
        );
        Both(
            table,
            "last",
            "Last",
            [Any],
            a => Lists.Require(a[0], "Cannot find last on type") is { Count: > 0 } list ? list[^1] : Value.Nil
        );
        Both(table, "rest", "Rest", [Any], a => Part(a, Lists.Require(a[0], "Cannot find rest on type"), 1, 0));
        Both(table, "initial", "Initial", [Any], a => Part(a, Lists.Require(a[0], "Cannot find initial on type"), 0, 1));
        Both(table, "reverse", "Reverse", [Any], a => Lists.Of([.. Lists.Require(a[0], "Cannot find reverse on type").Reverse()], a.Scope));
        Both(table, "compact", "Compact", [Any], Compact);
        Both(table, "uniq", "Uniq", [Any], Unique);
        Both(table, "has", "Has", [Any, Any], Has);
        Both(table, "chunk", "Chunk", [Int, Any], Chunk);
        table.Add("without", [Any], Any, Without).Add("mustWithout", [Any], Any, Without);
        table.Add("slice", [Any], Any, Slice).Add("mustSlice", [Any], Any, Slice);
    }

    private static void Both(FunctionTable table, string name, string suffix, ParameterType[] parameters, FunctionBody body) =>
        table.Add(name, parameters, body).Add("must" + suffix, parameters, body);

    private static Value Append(TemplateArguments a) => Lists.Of([.. Lists.Require(a[0], "Cannot push on type"), a[1]], a.Scope);

    private static Value Prepend(TemplateArguments a) => Lists.Of([a[1], .. Lists.Require(a[0], "Cannot prepend on type")], a.Scope);

    private static Value Concat(TemplateArguments a)
    {
        var all = new List<Value>();
        foreach (var value in a.All)
        {
            var list = Lists.Require(value, "Cannot concat type");
            a.Scope.Charge(list.Count);
            all.AddRange(list);
        }

        return Lists.Of(all, a.Scope);
    }

    private static Value Part(TemplateArguments a, TemplateList list, int fromStart, int fromEnd) =>
        list.Count == 0 ? new TemplateList([]) : Lists.Of([.. list.Items[fromStart..^fromEnd]], a.Scope);

    private static Value Compact(TemplateArguments a) =>
        Lists.Of([.. Lists.RequireAll(a[0], "Cannot compact on type", a.Scope).Where(item => !DefaultFunctions.IsEmpty(item))], a.Scope);

    private static Value Unique(TemplateArguments a)
    {
        var kept = new List<Value>();
        foreach (var item in Lists.RequireAll(a[0], "Cannot find uniq on type", a.Scope))
        {
            if (!Lists.Holds(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept), item, a.Scope))
                kept.Add(item);
        }

        return Lists.Of(kept, a.Scope);
    }

    private static Value Has(TemplateArguments a) =>
        !a[1].IsUntypedNil && Lists.Holds(Lists.Require(a[1], "Cannot find has on type").Items, a[0], a.Scope);

    private static Value Without(TemplateArguments a)
    {
        var kept = new List<Value>();
        foreach (var item in Lists.RequireAll(a[0], "Cannot find without on type", a.Scope))
        {
            if (!Lists.Holds(a.From(1), item, a.Scope))
                kept.Add(item);
        }

        return Lists.Of(kept, a.Scope);
    }

    private static Value Slice(TemplateArguments a)
    {
        var list = Lists.Require(a[0], "list should be type of slice or array but");
        if (list.Count == 0)
            return Value.Nil;
        var start = a.Count > 1 ? Numbers.Long(a[1]) : 0;
        var end = a.Count > 2 ? Numbers.Long(a[2]) : list.Count;
        if (start < 0 || end > list.Count || start > end)
            throw new FunctionException($"slice index out of bounds: [{start}:{end}] of {list.Count}");
        return list.Slice((int)start, (int)end);
    }

    private static Value Chunk(TemplateArguments a)
    {
        var (size, list) = (a.Integer(0), Lists.Require(a[1], "Cannot chunk type"));
        if (size < 1)
            throw new FunctionException($"chunk size {size} is less than 1");
        a.Scope.Charge(list.Count);
        var chunks = list.Chunk((int)Math.Min(size, int.MaxValue)).Select(chunk => (Value)new TemplateList(chunk));
        return new TemplateList(chunks, "[]" + GoTypes.Any);
    }
}
