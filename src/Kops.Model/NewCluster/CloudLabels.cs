using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// The labels of <c>--cloud-labels</c>: <c>Owner=Jane,Team="a=b"</c>. A key or value with an equals sign stands in double quotes; a comma
/// always separates, also within quotes, and nothing between two commas says nothing (kOps).
/// </summary>
internal static class CloudLabels
{
    public static IEnumerable<KeyValuePair<string, string>> Parse(string? text)
    {
        foreach (var record in (text ?? string.Empty).Split(',').Where(record => record.Length > 0))
        {
            if (Pair(record, text!) is not [var key, var value])
                throw new InvalidFlagException(
                    "cloud-labels",
                    $"--cloud-labels: '{record}' is not KEY=VALUE; a key or value with '=' in it stands in double quotes"
                );
            yield return new(key, value);
        }
    }

    // Blanks before a value go, as before a key (kOps: csv.Reader with TrimLeadingSpace).
    private static List<string> Pair(string record, string text)
    {
        try
        {
            return SeparatedText.Split(record, '=', trimsStart: true);
        }
        catch (FormatException malformed)
        {
            throw new InvalidFlagException(
                "cloud-labels",
                $"--cloud-labels: {malformed.Message} in '{record}' of '{text}'; commas cannot stand within quotes"
            );
        }
    }
}
