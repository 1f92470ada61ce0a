using System.Globalization;
using System.Text;

namespace Kops.Model.Flags;

/// <summary>Reads the values of flags as pflag does.</summary>
public static class FlagValues
{
    private static readonly string[] True = ["1", "t", "T", "TRUE", "true", "True"];
    private static readonly string[] False = ["0", "f", "F", "FALSE", "false", "False"];

    /// <summary>A truth value in any of Go's spellings.</summary>
    /// <exception cref="InvalidFlagException">Any other text.</exception>
    public static bool Boolean(string flag, string text) =>
        True.Contains(text)
        || (False.Contains(text) ? false : throw new InvalidFlagException(flag, $"--{flag}: '{text}' is neither true nor false"));

    /// <summary>A 32-bit whole number.</summary>
    /// <exception cref="InvalidFlagException">Not a number, or too large.</exception>
    public static int Integer(string flag, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.AsSpan().TrimStart("+-");
        var isNegative = text.StartsWith('-');
        long value;
        var isRead = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => long.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value),
            ['0', 'b' or 'B', .. var bits] => long.TryParse(
                bits,
                NumberStyles.AllowBinarySpecifier,
                CultureInfo.InvariantCulture,
                out value
            ),
            ['0', 'o' or 'O', .. var octal] => TryOctal(octal, out value),
            ['0', _, ..] => TryOctal(digits[1..], out value),
            _ => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        };
        if (isNegative)
            value = -value;
        return isRead && text.Length - digits.Length <= 1 && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidFlagException(flag, $"--{flag}: '{text}' is not a whole number between {int.MinValue} and {int.MaxValue}");
    }

    /// <summary>
    /// The items of one comma-separated text: an item with a comma or a quote stands in double quotes, a quote in it is doubled.
    /// </summary>
    /// <param name="flag">The flag, for messages.</param>
    /// <param name="text">What was given.</param>
    /// <param name="isLazy">Whether a quote inside an item that does not begin with one is just a character.</param>
    /// <exception cref="InvalidFlagException">Unbalanced or misplaced quotes.</exception>
    public static IReadOnlyList<string> List(string flag, string text, bool isLazy = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return [];
        try
        {
            return SeparatedText.Split(text, ',', isLazy);
        }
        catch (FormatException malformed)
        {
            throw new InvalidFlagException(flag, $"--{flag}: {malformed.Message} in '{text}'");
        }
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out long value)
    {
        value = 0;
        if (digits.IsEmpty || digits.Length > 12)
            return false;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return false;
            value = (value * 8) + (digit - '0');
        }

        return true;
    }
}
