using System.Formats.Tar;
using System.IO.Compression;
using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>Reads the addons of a source of kOps: a folder, or an archive of one as releases have it.</summary>
public static class SourceReader
{
    /// <summary>Reads an archive (<c>.tar.gz</c>).</summary>
    /// <param name="archive">Its bytes.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="OperationException">It is none, has no addons, or is not what a source of kOps can be.</exception>
    public static AddonSource ReadArchive(ReadOnlyMemory<byte> archive, string name)
    {
        var files = new SourceFiles(name);
        try
        {
            using var unpacked = new CountedStream(
                new GZipStream(new MemoryStream(archive.ToArray(), writable: false), CompressionMode.Decompress),
                name
            );
            using var reader = new TarReader(unpacked);
            for (var count = 0; reader.GetNextEntry() is { } entry; count++)
            {
                if (count == SourceLimits.Entries)
                    throw files.Refuse($"it has more than {SourceLimits.Entries} entries");
                if (SourceFiles.PlaceOf(entry.Name) is not { } place || entry.EntryType == TarEntryType.Directory)
                    continue;
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                    throw files.Refuse("among its addons are links, or other things that are no files");
                files.Add(place, entry.DataStream ?? Stream.Null, entry.Length);
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw OperationException.Failed($"{name}: is no archive (.tar.gz) that can be read: {malformed.Message}", malformed);
        }

        return files.Finish();
    }

    /// <summary>Reads a folder. Links in it are not followed.</summary>
    /// <exception cref="OperationException">It has no addons, or cannot be read.</exception>
    public static AddonSource ReadFolder(string folder)
    {
        var files = new SourceFiles(folder);
        var root = Path.Combine(folder, AddonSource.Folder.TrimEnd('/'));
        try
        {
            var found = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", Everything) : [];
            foreach (var file in found)
            {
                using var content = File.OpenRead(file);
                files.Add(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), content, content.Length);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed($"{folder}: {unreadable.Message}", unreadable);
        }

        return files.Finish();
    }

    private static EnumerationOptions Everything =>
        new()
        {
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
            RecurseSubdirectories = true,
            MaxRecursionDepth = 8,
        };
}
