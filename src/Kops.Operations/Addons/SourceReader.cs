using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>Reads the addons of a source of kOps: a folder, or an archive of one as releases have it.</summary>
public static class SourceReader
{
    /// <summary>Reads an archive (<c>.tar.gz</c>) to its end, which says whether it is whole.</summary>
    /// <param name="archive">Its bytes.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="OperationException">It is none, has no addons, or is not what a source of kOps can be.</exception>
    public static SourceContent ReadArchive(ReadOnlyMemory<byte> archive, string name)
    {
        var files = new SourceFiles(name);
        try
        {
            using var unpacked = new CountedStream(new GZipStream(Open(archive), CompressionMode.Decompress), name);
            using (var reader = new TarReader(unpacked, leaveOpen: true))
            {
                for (var count = 0; reader.GetNextEntry() is { } entry; count++)
                {
                    if (count == SourceLimits.Entries)
                        throw files.Refuse($"it has more than {SourceLimits.Entries} entries");
                    Take(files, entry);
                }
            }

            unpacked.CopyTo(Stream.Null);
            CheckIsWhole(archive.Span, unpacked.Position);
        }
        catch (Exception malformed)
            when (malformed
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            throw OperationException.Failed(
                $"{name}: is no archive (.tar.gz) that can be read, or not all of one: {malformed.Message}",
                malformed
            );
        }

        return files.Finish();
    }

    /// <summary>Reads a folder. Links in it are not followed.</summary>
    /// <exception cref="OperationException">It has no addons, or cannot be read.</exception>
    public static SourceContent ReadFolder(string folder)
    {
        var files = new SourceFiles(folder);
        var root = Path.Combine(folder, AddonSource.Folder.TrimEnd('/'));
        try
        {
            var found = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", Everything) : [];
            foreach (var file in found)
            {
                // What is empty is not opened: a pipe would be waited for.
                using var content = new FileInfo(file).Length > 0 ? File.OpenRead(file) : Stream.Null;
                files.Add(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), content, content.Length);
            }

            if (new FileInfo(Path.Combine(folder, SourceVersion.File)) is { Exists: true, Length: > 0, LinkTarget: null } version)
            {
                using var content = version.OpenRead();
                files.AddVersion(content, content.Length);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw OperationException.Failed($"{folder}: {unreadable.Message}", unreadable);
        }

        return files.Finish();
    }

    // gzip (RFC 1952) ends in the length of what it holds; without its end, the last files may be missing.
    private static void CheckIsWhole(ReadOnlySpan<byte> archive, long unpacked)
    {
        if (archive.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(archive[^sizeof(uint)..]) != (uint)unpacked)
            throw new InvalidDataException("it ends too early");
    }

    private static void Take(SourceFiles files, TarEntry entry)
    {
        var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        if (isFile && SourceFiles.IsVersion(entry.Name))
            files.AddVersion(entry.DataStream ?? Stream.Null, entry.Length);
        if (SourceFiles.PlaceOf(entry.Name) is not { } place || entry.EntryType == TarEntryType.Directory)
            return;
        if (!isFile)
            throw files.Refuse("among its addons are links, or other things that are no files");
        files.Add(place, entry.DataStream ?? Stream.Null, entry.Length);
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);

    private static EnumerationOptions Everything =>
        new()
        {
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
            RecurseSubdirectories = true,
            MaxRecursionDepth = 8,
        };
}
