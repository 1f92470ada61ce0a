using System.Globalization;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Conformance.Documentation;

/// <summary>A store's row in the table of what stores can do (<c>docs/stores/capabilities.md</c>).</summary>
internal static class CapabilityRow
{
    /// <summary>The page.</summary>
    public const string Page = "stores/capabilities.md";

    /// <summary>The row.</summary>
    /// <param name="store">The store's name.</param>
    /// <param name="driver">Its driver.</param>
    /// <param name="shownBy">What has shown it: the server that the suite ran against.</param>
    public static string Of(string store, IStoreDriver driver, string shownBy)
    {
        var can = driver.Capabilities;
        string[] cells =
        [
            store,
            Word(can.ConditionalCreate),
            Word(can.ConditionalReplace),
            Word(can.ConditionalDelete),
            Word(driver.As<ICopySource>() is not null),
            Word(driver.As<IBatchDelete>() is not null),
            Word(driver.As<IVersionedStore>() is not null),
            Word(can.KeepsMarks),
            Word(can.VersionsNameWrites),
            Word(can.ClusterReadable),
            Keys(can),
            can.MaxObjectBytes is { } max ? Size(max) : "any",
            shownBy,
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Word(bool yes) => yes ? "yes" : "no";

    private static string Keys(StoreCapabilities can)
    {
        var parts = new List<string>();
        if (can.MaxKeyBytes is { } key)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{key} bytes"));
        if (can.MaxSegmentBytes is { } segment)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{segment} bytes between slashes"));
        if (can.ForbiddenCharacters.Contains('\\', StringComparison.Ordinal))
            parts.Add("no backslash");
        if (can.ForbiddenCharacters.Contains('\n', StringComparison.Ordinal))
            parts.Add("no line ends");
        if (can.FinalDotsForbidden)
            parts.Add("no part ends with a dot");
        if (can.ObjectsAreDirectoryLeaves)
            parts.Add("none is a directory of another");
        return parts.Count == 0 ? "any" : string.Join(", ", parts);
    }

    private static string Size(long bytes) =>
        bytes switch
        {
            >= 1L << 40 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 40):0.#} TiB"),
            >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB"),
            >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.#} KiB"),
        };
}
