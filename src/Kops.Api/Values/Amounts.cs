using System.Globalization;

namespace Kops.Api.Values;

/// <summary>Kubernetes quantities as numbers.</summary>
public static class Amounts
{
    private static readonly string[] Decimal = ["k", "M", "G", "T", "P"];
    private static readonly string[] Binary = ["Ki", "Mi", "Gi", "Ti", "Pi"];

    /// <summary>The number that a quantity stands for.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static decimal Read(string quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        var canonical = Quantity.Canonical(quantity) ?? throw new FormatException($"'{quantity}' is not a quantity; write 4 or 16Gi");
        var number = canonical.TrimEnd([.. "numkKMGTPEi"]);
        var suffix = canonical[number.Length..];
        var factor =
            suffix.Length == 0 ? 1
            : suffix == "m" ? 0.001m
            : Array.IndexOf(Decimal, suffix) is >= 0 and var step ? Power(1000, step + 1)
            : Array.IndexOf(Binary, suffix) is >= 0 and var binary ? Power(1024, binary + 1)
            : throw new FormatException($"'{quantity}' is not an amount of processors or memory");
        return decimal.Parse(number, CultureInfo.InvariantCulture) * factor;
    }

    private static decimal Power(decimal number, int times) => times == 0 ? 1 : number * Power(number, times - 1);
}
