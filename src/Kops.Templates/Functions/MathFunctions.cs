using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's arithmetic: whole numbers as <c>int64</c> that wrap around, others as <c>float64</c> computed in decimals.</summary>
internal static class MathFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("add1", [Any], a => unchecked(Numbers.Long(a[0]) + 1));
        table.Add("add", [], Any, a => Fold(a, 0, 0, (x, y) => x + y));
        table.Add("sub", [Any, Any], a => unchecked(Numbers.Long(a[0]) - Numbers.Long(a[1])));
        table.Add("mul", [Any], Any, a => Fold(a, Numbers.Long(a[0]), 1, (x, y) => x * y));
        table.Add("div", [Any, Any], a => Divide(Numbers.Long(a[0]), Numbers.Long(a[1]), (x, y) => y == -1 ? unchecked(-x) : x / y));
        table.Add("mod", [Any, Any], a => Divide(Numbers.Long(a[0]), Numbers.Long(a[1]), (x, y) => y == -1 ? 0 : x % y));
        table.Add("max", [Any], Any, a => Fold(a, Numbers.Long(a[0]), 1, Math.Max));
        table.Add("biggest", [Any], Any, a => Fold(a, Numbers.Long(a[0]), 1, Math.Max));
        table.Add("min", [Any], Any, a => Fold(a, Numbers.Long(a[0]), 1, Math.Min));
        table.Add("maxf", [Any], Any, a => FoldFloat(a, Math.Max));
        table.Add("minf", [Any], Any, a => FoldFloat(a, Math.Min));
        table.Add("floor", [Any], a => Math.Floor(Numbers.Float(a[0])));
        table.Add("ceil", [Any], a => Math.Ceiling(Numbers.Float(a[0])));
        table.Add("round", [Any, Int], Float, Round);
        table.Add("add1f", [Any], a => Decimals.Add(Numbers.Float(a[0]), 1));
        table.Add("addf", [], Any, a => Fold(a, 0, Decimals.Add));
        table.Add("subf", [Any], Any, a => FoldFloat(a, Decimals.Subtract));
        table.Add("mulf", [Any], Any, a => FoldFloat(a, Decimals.Multiply));
        table.Add("divf", [Any], Any, a => FoldFloat(a, Decimals.Divide));
        table.Add("until", [Int], a => Range(a, 0, a.Integer(0), a.Integer(0) < 0 ? -1 : 1));
        table.Add("untilStep", [Int, Int, Int], a => Range(a, a.Integer(0), a.Integer(1), a.Integer(2)));
        table.Add("seq", [], Int, Sequence);
    }

    private static Value Fold(TemplateArguments a, long start, int from, Func<long, long, long> fold)
    {
        foreach (var value in a.From(from))
            start = fold(start, Numbers.Long(value));
        return start;
    }

    private static Value Fold(TemplateArguments a, double start, Func<double, double, double> fold)
    {
        foreach (var value in a.All)
            start = fold(start, Numbers.Float(value));
        return start;
    }

    private static Value FoldFloat(TemplateArguments a, Func<double, double, double> fold)
    {
        var result = Numbers.Float(a[0]);
        foreach (var value in a.From(1))
            result = fold(result, Numbers.Float(value));
        return result;
    }

    private static Value Divide(long a, long b, Func<long, long, long> divide) =>
        b == 0 ? throw new FunctionException("runtime error: integer divide by zero") : divide(a, b);

    private static Value Round(TemplateArguments a)
    {
        var limit = a.Count > 2 ? a[2].Float : 0.5;
        var power = Math.Pow(10, a.Integer(1));
        var scaled = power * Numbers.Float(a[0]);
        var fraction = scaled - Math.Truncate(scaled);
        return (fraction >= limit ? Math.Ceiling(scaled) : Math.Floor(scaled)) / power;
    }

    private static List<Value> Count(TemplateArguments a, long start, long stop, long step)
    {
        var numbers = new List<Value>();
        if (step == 0 || stop < start != step < 0)
            return numbers;
        var count = ((UInt128)Int128.Abs((Int128)stop - start) + (UInt128)Int128.Abs(step) - 1) / (UInt128)Int128.Abs(step);
        a.Scope.Charge((long)UInt128.Min(count, long.MaxValue));
        for (var i = 0L; i < (long)count; i++)
            numbers.Add(Value.OfInt(start + i * step));
        return numbers;
    }

    private static Value Range(TemplateArguments a, long start, long stop, long step) =>
        new TemplateList([.. Count(a, start, stop, step)], "int");

    // As the program seq: both ends belong to it, and without a start it is 1.
    private static Value Sequence(TemplateArguments a)
    {
        if (a.Count is 0 or > 3)
            return string.Empty;
        var start = a.Count == 1 ? 1 : a.Integer(0);
        var end = a.Integer(a.Count - 1);
        var direction = end < start ? -1 : 1;
        var step = a.Count == 3 ? a.Integer(1) : direction;
        if (end < start && step > 0)
            return string.Empty;
        var numbers = Count(a, start, unchecked(end + direction), step);
        return Text.Write(
            a.Scope,
            buffer =>
            {
                for (var i = 0; i < numbers.Count; i++)
                {
                    if (i > 0)
                        buffer.Append(' ');
                    ValuePrinter.Print(buffer, numbers[i]);
                }
            }
        );
    }
}
