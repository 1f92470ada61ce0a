using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Kops.Build.Addons.Sources;

namespace Kops.Operations.Tests.Addons;

/// <summary>An archive of a source of kOps, as releases have it.</summary>
internal static class SourceArchive
{
    /// <param name="addons">The text of each, by its place below the addons.</param>
    public static byte[] Of(params (string Place, string Text)[] addons)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(zip))
        {
            foreach (var (place, text) in addons)
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, $"kops-1.37.0/{AddonSource.Folder}{place}")
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                        ModificationTime = DateTimeOffset.UnixEpoch,
                    }
                );
        }

        return archive.ToArray();
    }
}
