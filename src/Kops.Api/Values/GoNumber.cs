using System.Globalization;

namespace Kops.Api.Values;

/// <summary>Numbers as Go writes them: the fewest digits that read back as the same number.</summary>
internal static class GoNumber
{
    /// <summary>As <c>encoding/json</c> does: an exponent from 1e+21 on, and below 1e-6.</summary>
    public static string ForJson(double value)
    {
        if (value == 0)
            return "0";
        var (sign, digits, point) = Split(value.ToString("R", CultureInfo.InvariantCulture));
        return sign + (Math.Abs(value) is < 1e-6 or >= 1e21 ? Scientific(digits, point, 1) : Plain(digits, point));
    }

    /// <summary>
    /// As <c>strconv.FormatFloat </c> does with format <c>g </c>, and so go-yaml: an exponent from 1e+06 on, and below 1e-04.
    /// </summary>
    public static string ForYaml(double value) => General(value, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The same for 32 bits, which is how sigs.k8s.io/yaml turns a number that is a mapping's key into text.</summary>
    public static string ForKey(double value) => General((float)value, ((float)value).ToString("R", CultureInfo.InvariantCulture));

    private static string General(double value, string shortest)
    {
        if (double.IsNaN(value))
            return ".nan";
        if (double.IsInfinity(value))
            return value > 0 ? ".inf" : "-.inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        var (sign, digits, point) = Split(shortest);
        return sign + (point is < -3 or > 6 ? Scientific(digits, point, 2) : Plain(digits, point));
    }

    // A number's significant digits, and where the decimal point stands in them.
    private static (string Sign, string Digits, int Point) Split(string shortest)
    {
        var sign = shortest[0] == '-' ? "-" : string.Empty;
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest[sign.Length..(e < 0 ? shortest.Length : e)];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');
        point -= mantissa.Length - (dot < 0 ? 0 : 1) - digits.Length;
        return (sign, digits.TrimEnd('0'), point);
    }

    private static string Plain(string digits, int point)
    {
        if (point <= 0)
            return "0." + new string('0', -point) + digits;
        return point >= digits.Length ? digits + new string('0', point - digits.Length) : digits[..point] + "." + digits[point..];
    }

    private static string Scientific(string digits, int point, int leastExponentDigits)
    {
        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        var power = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(leastExponentDigits, '0');
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{power}";
    }
}
