using System.Formats.Tar;
using System.IO.Compression;

namespace Kops.Release;

/// <summary>Tar archives that are the same for the same files: in order of names, of one time, of nobody.</summary>
internal static class TarArchive
{
    /// <summary>The archive, with an entry for each directory.</summary>
    /// <param name="files">The files.</param>
    /// <param name="time">The time of all.</param>
    /// <param name="prefix">What stands before each name: Debian's archives want <c>./</c>.</param>
    /// <param name="links">Symbolic links by name, and where they lead.</param>
    public static byte[] Write(
        IEnumerable<ReleaseFile> files,
        DateTimeOffset time,
        string prefix = "",
        IReadOnlyDictionary<string, string>? links = null
    )
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            ReleaseFile[] all = [.. files];
            var names = all.Select(file => file.Name).Concat(links?.Keys ?? []).ToList();
            foreach (var directory in names.SelectMany(Parents).Distinct().Order(StringComparer.Ordinal))
                tar.WriteEntry(Entry(TarEntryType.Directory, prefix + directory, 0x1ED)); // 0755
            foreach (var file in all.OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                var entry = Entry(TarEntryType.RegularFile, prefix + file.Name, file.IsProgram ? 0x1ED : 0x1A4); // 0755, 0644
                using var content = new MemoryStream(file.Bytes);
                entry.DataStream = content;
                tar.WriteEntry(entry);
            }

            foreach (var (name, target) in (links ?? new Dictionary<string, string>()).OrderBy(link => link.Key, StringComparer.Ordinal))
            {
                var entry = Entry(TarEntryType.SymbolicLink, prefix + name, 0x1FF); // 0777
                entry.LinkName = target;
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();

        UstarTarEntry Entry(TarEntryType type, string name, int mode) =>
            new(type, name)
            {
                Mode = (UnixFileMode)mode,
                ModificationTime = time,
                UserName = "root",
                GroupName = "root",
            };
    }

    /// <summary>The archive, compressed, into a file.</summary>
    public static void WriteGzip(string path, IEnumerable<ReleaseFile> files, DateTimeOffset time) =>
        File.WriteAllBytes(path, Gzip(Write(files, time)));

    /// <summary>Compressed, without a name and a time of its own.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            yield return name[..(slash + 1)];
    }
}
