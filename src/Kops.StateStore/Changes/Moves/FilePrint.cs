using System.Globalization;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// What a listing says of a file: its length, and its hash or, where the store has none, its time. The same print: unchanged.
/// </summary>
internal static class FilePrint
{
    public static string Of(ObjectInfo info) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{info.Size}-{(info.LikelyMd5 is { } md5 ? Convert.ToHexStringLower(md5.Span) : info.LastModified.UtcTicks)}"
        );
}
