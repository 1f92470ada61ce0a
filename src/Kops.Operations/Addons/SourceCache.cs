using System.Formats.Tar;
using System.IO.Compression;
using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>
/// Keeps the addons of archives that were unpacked once, by the archives' SHA-256: a kOps archive is large, and few of its files are
/// addons. What is kept is used only where it still has the hash that was remembered.
/// </summary>
/// <param name="folder">The folder; it is made when it is needed.</param>
internal sealed class SourceCache(string folder)
{
    /// <summary>The source as it was remembered; null where it is not kept, or was changed by somebody.</summary>
    public UserSource? Find(SourcePin pin)
    {
        try
        {
            var file = FileOf(pin.Sha256);
            if (!File.Exists(file) || new FileInfo(file).Length > SourceLimits.All)
                return null;
            var source = new UserSource(pin.Name, pin.Sha256, SourceReader.ReadArchive(File.ReadAllBytes(file), file).Addons)
            {
                Version = pin.Version,
            };
            return source.AddonsSha256 == pin.AddonsSha256 ? source : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or OperationException)
        {
            return null;
        }
    }

    /// <summary>Keeps a source.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be kept.</exception>
    public void Keep(UserSource source)
    {
        using var archive = new MemoryStream();
        using (var packed = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(packed, TarEntryFormat.Pax))
        {
            foreach (var path in source.Addons.Paths)
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, AddonSource.Folder + path)
                    {
                        DataStream = new MemoryStream(source.Addons[path].ToArray(), writable: false),
                    }
                );
        }

        WholeFile.Write(FileOf(source.Sha256), archive.ToArray());
    }

    private string FileOf(string sha256) => Path.Combine(folder, sha256 + ".tar.gz");
}
