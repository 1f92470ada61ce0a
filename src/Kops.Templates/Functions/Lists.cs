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

    /// <summary>A new list of elements of any type.</summary>
    public static TemplateList Of(List<Value> items, CallScope scope)
    {
        scope.Charge(items.Count);
        return new TemplateList(items.ToArray());
    }

    public static bool Holds(ReadOnlySpan<Value> items, Value wanted, CallScope scope)
    {
        scope.Charge(items.Length);
        foreach (var item in items)
        {
            if (DeepEqual.Compare(item, wanted))
                return true;
        }

        return false;
    }
}
