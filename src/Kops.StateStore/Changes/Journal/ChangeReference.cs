using System.Globalization;

namespace Kops.StateStore.Changes.Journal;

/// <summary>A recorded change by name.</summary>
/// <param name="Cluster">The cluster that it changed.</param>
/// <param name="Serial">Its number among the changes of the cluster.</param>
/// <param name="Name">The first eight digits of its name.</param>
/// <param name="Ended">When it ended, to the second, by the clock of the machine that ended it.</param>
public sealed record ChangeReference(string Cluster, int Serial, string Name, DateTimeOffset Ended)
{
    /// <summary>The highest number that a change can have.</summary>
    public const int MaxSerial = 999_999_999;

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What the change is called.</summary>
    public string Id => ChangeRecord.IdOf(Serial, Name);

    /// <summary>
    /// The name of its file, without the ending. Numbers count down there, so that the newest is the first of a listing, and finding the
    /// last number costs one request however long the history is.
    /// </summary>
    internal string FileName =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{MaxSerial - Serial:D9}-{Ended.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Name}"
        );

    /// <summary>The change whose file bears that name; null for a name that is none of ours.</summary>
    internal static ChangeReference? Parse(string cluster, string fileName) =>
        fileName.Split('-') is [{ Length: 9 } left, var time, { Length: 8 } name]
        && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < MaxSerial
        && name.All(char.IsAsciiHexDigitLower)
        && DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var ended)
            ? new ChangeReference(cluster, MaxSerial - number, name, ended)
            : null;
}
