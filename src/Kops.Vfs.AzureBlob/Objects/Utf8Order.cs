using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>
/// Brings a listing into the order of UTF-8, whichever of the two the server has: in UTF-16 characters beyond U+FFFF stand before those
/// from
/// U+E000 on. Only rows around such characters are held back.
/// </summary>
internal static class Utf8Order
{
    internal static async IAsyncEnumerable<ListEntry> SortAsync(
        IAsyncEnumerable<ListEntry> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var held = new List<ListEntry>();
        var stem = string.Empty;
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (held.Count > 0 && !BelongsTo(stem, row.Key))
            {
                foreach (var entry in InOrder(held))
                    yield return entry;
                held.Clear();
            }

            if (held.Count == 0 && FirstHigh(row.Key) is var at)
            {
                if (at < 0)
                {
                    yield return row;
                    continue;
                }

                stem = row.Key[..at];
            }

            held.Add(row);
        }

        foreach (var entry in InOrder(held))
            yield return entry;
    }

    private static bool BelongsTo(string stem, string key) =>
        key.Length > stem.Length && key[stem.Length] >= '\ud800' && key.StartsWith(stem, StringComparison.Ordinal);

    private static int FirstHigh(string key) => key.AsSpan().IndexOfAnyInRange('\ud800', '\uffff');

    private static List<ListEntry> InOrder(List<ListEntry> held)
    {
        held.Sort((a, b) => ObjectKey.Compare(a.Key, b.Key));
        return held;
    }
}
