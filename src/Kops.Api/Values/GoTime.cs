using System.Globalization;

namespace Kops.Api.Values;

/// <summary>Points in time as Kubernetes writes them: RFC 3339 in UTC, whole seconds.</summary>
public static class GoTime
{
    /// <summary>Reads RFC 3339 with any offset; false when it is not that.</summary>
    public static bool TryParse(string text, out DateTimeOffset value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seconds = text.AsSpan();
        // Fractions are cut off.
        if (text.Length > 20 && text[19] == '.' && char.IsAsciiDigit(text[20]))
            seconds = string.Concat(text.AsSpan(0, 19), text.AsSpan(20).TrimStart("0123456789"));
        value = default;
        return seconds.Length >= 20
            && seconds[19] is ('Z' or '+' or '-')
            && DateTimeOffset.TryParseExact(
                seconds,
                "yyyy-MM-dd'T'HH:mm:ssK",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out value
            );
    }

    /// <summary>Writes it: <c>2026-11-22T13:25:39Z</c>.</summary>
    public static string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
