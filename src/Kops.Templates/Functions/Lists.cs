using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>What functions of lists share.</summary>
internal static class Lists
{
    /// <summary>The list that an argument must be.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="problem">What cannot be done with what is no list: sprig's words up to the type.</param>
    public static TemplateList Require(Value value, string problem) =>
        value is { Kind: ValueKind.List, IsPointer: false } ? value.List : throw new FunctionException($"{problem} {KindNames.Of(value)}");

    /// <summary>The same, to go through all of it.</summary>
    public static TemplateList RequireAll(Value value, string problem, CallScope scope)
    {
        var list = Require(value, problem);
        scope.Charge(list.Count);
        return list;
    }

    /// <summary>A new list of elements of any type.</summary>
    public static TemplateList Of(List<Value> items, CallScope scope)
    {
        scope.Charge(items.Count);
        return new TemplateList(items.ToArray());
    }

    public static bool Holds(ReadOnlySpan<Value> items, Value wanted, CallScope scope)
    {
        foreach (var item in items)
        {
            if (DeepEqual.Compare(item, wanted, scope))
                return true;
        }

        return false;
    }
}
