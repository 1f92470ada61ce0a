using System.Globalization;

namespace Kops.Vfs.Kubernetes.Secrets;

/// <summary>
/// The Secrets that hold the content of one long object. They are written once and never changed; what names them is switched over.
/// </summary>
/// <param name="Id">Unique to the write.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Size">Bytes in each but the last.</param>
internal sealed record PartSet(string Id, int Count, int Size)
{
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Id} {Count} {Size}");

    internal static PartSet? Parse(string? text) =>
        text?.Split(' ') is [var id, var count, var size]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new PartSet(id, number, bytes)
            : null;
}
