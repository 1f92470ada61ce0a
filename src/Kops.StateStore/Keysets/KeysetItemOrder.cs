using System.Globalization;
using System.Numerics;

namespace Kops.StateStore.Keysets;

/// <summary>
/// The order of a keyset's items: oldest first. Ids are serial numbers that grow; others, from old versions, stand before.
/// </summary>
internal sealed class KeysetItemOrder : IComparer<string>
{
    public static KeysetItemOrder Instance { get; } = new();

    public static BigInteger? Number(string id) =>
        BigInteger.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public int Compare(string? x, string? y) =>
        (Number(x ?? string.Empty), Number(y ?? string.Empty)) switch
        {
            ({ } a, { } b) => a.CompareTo(b),
            ({ }, null) => 1,
            (null, { }) => -1,
            _ => string.CompareOrdinal(x, y),
        };
}
