using System.Globalization;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of types, kinds and conversions.</summary>
internal static class TypeFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("typeOf", [Any], a => a[0].TypeName);
        table.Add("typeIs", [Str, Any], a => a[1].TypeName == a.Text(0));
        table.Add("typeIsLike", [Str, Any], a => a[1].TypeName == a.Text(0) || a[1].TypeName == "*" + a.Text(0));
        table.Add("kindOf", [Any], a => KindNames.Of(a[0]));
        table.Add("kindIs", [Str, Any], a => KindNames.Of(a[1]) == a.Text(0));
        table.Add("deepEqual", [Any, Any], a => DeepEqual.Compare(a[0], a[1], a.Scope));
        table.Add("atoi", [Str], a => Value.OfInt(Decimal(a.Text(0))));
        table.Add("int", [Any], a => Value.OfInt(Numbers.Long(a[0])));
        table.Add("int64", [Any], a => Numbers.Long(a[0]));
        table.Add("float64", [Any], a => Numbers.Float(a[0]));
        table.Add("toDecimal", [Any], a => Numbers.Parse(Text.Of(a[0], a.Scope), 8) ?? 0L);
    }

    private static long Decimal(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
