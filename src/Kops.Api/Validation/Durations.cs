using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>Lengths of time in Go's form.</summary>
internal static partial class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>The length of <c>1h30m</c>; null when the text is none.</summary>
    public static TimeSpan? Find(string? text)
    {
        if (text is null || !Form().IsMatch(text)) return null;
        var seconds = 0.0;
        foreach (var part in Part().EnumerateMatches(text))
        {
            var piece = text.AsSpan(part.Index, part.Length);
            var unit = piece.IndexOfAnyExcept(Digits);
            seconds += double.Parse(piece[..unit], NumberStyles.Float, CultureInfo.InvariantCulture) * piece[unit..] switch
            {
                "h" => 3600,
                "m" => 60,
                "s" => 1,
                "ms" => 1e-3,
                "us" or "µs" => 1e-6,
                _ => 1e-9,
            };
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds) return null;
        return TimeSpan.FromSeconds(text[0] == '-' ? -seconds : seconds);
    }

    [GeneratedRegex(@"^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"[\d.]+[a-zµ]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Part();
}
