using Kops.Templates.Faults;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions that choose between values, and <c>fail</c>.</summary>
internal static class DefaultFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("default", [Any], Any, a => a.Count < 2 || IsEmpty(a[1]) ? a[0] : a[1]);
        table.Add("empty", [Any], a => IsEmpty(a[0]));
        table.Add("coalesce", [], Any, Coalesce);
        table.Add("all", [], Any, a => Count(a, isEmpty: true) == 0);
        table.Add("any", [], Any, a => Count(a, isEmpty: false) > 0);
        table.Add("ternary", [Any, Any, Bool], a => a[a[2].Truth ? 0 : 1]);
        table.Add("fail", [ParameterType.Text], a => throw new FunctionException(a.Text(0)));
    }

    /// <summary>Whether a value is the zero of its type. Structs and pointers to something never are.</summary>
    public static bool IsEmpty(Value value) => !value.IsTrue;

    private static Value Coalesce(TemplateArguments a)
    {
        foreach (var value in a.All)
        {
            if (!IsEmpty(value))
                return value;
        }

        return Value.Nil;
    }

    private static int Count(TemplateArguments a, bool isEmpty)
    {
        var count = 0;
        foreach (var value in a.All)
        {
            if (IsEmpty(value) == isEmpty)
                count++;
        }

        return count;
    }
}
