using System.Text;

namespace Kops.Model.Tests.Goldens;

/// <summary>Golden cases that this program does not reach, each with the reason: they are skipped with it, never passed over in silence.</summary>
internal static class KnownGaps
{
    private static readonly Dictionary<string, string> Reasons = Encoding.UTF8.GetString(Embedded.Bytes("known-gaps.txt")).Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .ToDictionary(words => words[0], words => words[1]);

    public static string? Of(string family, string name) => Reasons.GetValueOrDefault($"{family}/{name}");
}
