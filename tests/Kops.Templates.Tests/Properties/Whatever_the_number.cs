using System.Globalization;
using Kops.Templates.Formatting;

namespace Kops.Templates.Tests.Properties;

public sealed class Whatever_the_number
{
    [Fact]
    public void The_shortest_digits_read_back_as_the_same_number() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(
                number =>
                {
                    foreach (var form in "egfG")
                        Assert.Equal(number, double.Parse(FloatText.Format(number, form), CultureInfo.InvariantCulture));
                },
                iter: 5_000
            );

    [Fact]
    public void Rounding_is_exact_with_halves_to_even() =>
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Int[0, 6], Gen.Int[0, 6])
            .Sample(
                (numerator, shift, digits) =>
                {
                    // A fraction of a power of two is exact in both.
                    var number = numerator / (double)(1 << shift);
                    var expected = Math.Round((decimal)numerator / (1 << shift), digits, MidpointRounding.ToEven);
                    var text = FloatText.Format(number, 'f', digits);
                    Assert.Equal(expected, decimal.Parse(text, CultureInfo.InvariantCulture));
                    Assert.Equal(
                        digits,
                        text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0
                    );
                },
                iter: 10_000
            );

    [Fact]
    public void A_text_that_is_quoted_reads_back() =>
        Gen.String.Sample(
            text =>
            {
                // A half of a surrogate pair is no character, and becomes U+FFFD.
                var valid = string.Concat(text.EnumerateRunes());
                Assert.Equal(valid, GoUnquote.Text(GoQuote.Quote(text)));
                Assert.Equal(valid, GoUnquote.Text(GoQuote.Quote(text, asciiOnly: true)));
            },
            iter: 10_000
        );
}
