using System.Globalization;
using Kops.Templates.Faults;

namespace Kops.Templates.Functions;

/// <summary>
/// Arithmetic in decimals, so that 0.1 and 0.2 make 0.3, as sprig computes. Numbers that 28 digits cannot hold are computed in binary.
/// </summary>
internal static class Decimals
{
    private const int QuotientDigits = 16;

    public static double Add(double a, double b) => Compute(a, b, decimal.Add, (x, y) => x + y);

    public static double Subtract(double a, double b) => Compute(a, b, decimal.Subtract, (x, y) => x - y);

    public static double Multiply(double a, double b) => Compute(a, b, decimal.Multiply, (x, y) => x * y);

    public static double Divide(double a, double b) =>
        b == 0
            ? throw new FunctionException("decimal division by 0")
            : Compute(a, b, (x, y) => decimal.Round(x / y, QuotientDigits, MidpointRounding.AwayFromZero), (x, y) => x / y);

    private static double Compute(double a, double b, Func<decimal, decimal, decimal> compute, Func<double, double, double> otherwise)
    {
        if (!double.IsFinite(a) || !double.IsFinite(b))
            throw new FunctionException("Cannot create a Decimal from NaN or an infinity");
        if (Of(a) is not { } x || Of(b) is not { } y)
            return otherwise(a, b);
        try
        {
            // The conversion of decimal to double does not round to the nearest.
            return double.Parse(compute(x, y).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return otherwise(a, b);
        }
    }

    private static decimal? Of(double value) =>
        Math.Abs(value) is (0 or >= 1e-12) and < 1e15
        && decimal.TryParse(
            value.ToString("R", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
