using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kops.StateStore.Keysets;

/// <summary>Distinguished names as Go's <c>pkix.Name</c> writes them: its own order, commas without spaces, RFC 2253 escapes.</summary>
internal static class NameText
{
    // From the last of Go's order to the first, as they are written.
    private static readonly (string Type, string Name)[] Known =
    [
        ("2.5.4.5", "SERIALNUMBER"),
        ("2.5.4.3", "CN"),
        ("2.5.4.17", "POSTALCODE"),
        ("2.5.4.9", "STREET"),
        ("2.5.4.8", "ST"),
        ("2.5.4.7", "L"),
        ("2.5.4.11", "OU"),
        ("2.5.4.10", "O"),
        ("2.5.4.6", "C"),
    ];

    public static string Of(X500DistinguishedName name)
    {
        var parts = name.EnumerateRelativeDistinguishedNames(reversed: false).ToArray();

        // A name with several values in one part, or with values that Go writes as numbers, is rare: .NET's own words will do.
        if (
            parts.Any(part =>
                part.HasMultipleElements
                || Known.All(known => known.Type != part.GetSingleElementType().Value)
                || part.GetSingleElementValue() is null
            )
        )
            return name.Name;
        return string.Join(
            ',',
            Known
                .Select(known =>
                    (
                        known.Name,
                        Values: parts
                            .Where(part => part.GetSingleElementType().Value == known.Type)
                            .Select(part => part.GetSingleElementValue()!)
                            .ToArray()
                    )
                )
                .Where(known => known.Values.Length > 0)
                .Select(known => string.Join('+', known.Values.Select(value => $"{known.Name}={Escape(value)}")))
        );
    }

    private static string Escape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var isSpecial =
                value[i] is ',' or '+' or '"' or '\\' or '<' or '>' or ';'
                || (value[i] == ' ' && (i == 0 || i == value.Length - 1))
                || (value[i] == '#' && i == 0);
            if (isSpecial)
                text.Append('\\');
            text.Append(value[i]);
        }

        return text.ToString();
    }
}
