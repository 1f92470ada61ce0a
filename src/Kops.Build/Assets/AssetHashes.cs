using System.Collections.Frozen;

namespace Kops.Build.Assets;

/// <summary>
/// The SHA-256 of files that machines download, by address: a table inside the program, refreshed by <c>eng/asset-hashes.sh</c>.
/// </summary>
public static class AssetHashes
{
    private const string Table = "asset-hashes.txt";

    private static readonly Lazy<FrozenDictionary<string, string>> Known = new(Load);

    /// <summary>The file's hash in lower-case hexadecimal digits; null when the table does not have it.</summary>
    /// <param name="address">The file's address at its makers.</param>
    public static string? Find(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Known.Value.GetValueOrDefault(address);
    }

    private static FrozenDictionary<string, string> Load()
    {
        using var stream =
            typeof(AssetHashes).Assembly.GetManifestResourceStream(Table)
            ?? throw new InvalidOperationException($"'{Table}' is missing from the program");
        using var reader = new StreamReader(stream);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var address = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.IndexOf(' ', StringComparison.Ordinal) is var space and > 0)
                known[address + line[..space]] = line[(space + 1)..];
            else
                address = line;
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
