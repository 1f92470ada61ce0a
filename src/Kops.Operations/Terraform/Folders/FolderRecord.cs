using System.Security.Cryptography;
using System.Text;

namespace Kops.Operations.Terraform.Folders;

/// <summary>What was written into a folder last, as <c>sha256sum -c</c> reads it: a hash and a path in each line.</summary>
internal sealed class FolderRecord
{
    public const string Name = ".kops.sha256";

    private readonly ILookup<string, string> _hashes;

    private FolderRecord(IEnumerable<(string Path, string Hash)> rows) =>
        _hashes = rows.ToLookup(row => row.Path, row => row.Hash, StringComparer.Ordinal);

    /// <summary>The files that were written.</summary>
    public IEnumerable<string> Paths => _hashes.Select(file => file.Key);

    /// <summary>Reads records; those that are not there say nothing.</summary>
    public static async Task<FolderRecord> ReadAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var rows = new List<(string, string)>();
        foreach (var file in files.Where(File.Exists))
        foreach (var line in await File.ReadAllLinesAsync(file, cancellationToken).ConfigureAwait(false))
        {
            if (line.Split("  ", 2) is [var hash, var path])
                rows.Add((path, hash));
        }

        return new(rows);
    }

    /// <summary>Whether a file holds what was written there.</summary>
    public bool Knows(string path, ReadOnlyMemory<byte> content) => _hashes[path].Contains(Hash(content));

    public static byte[] Encode(IEnumerable<FolderFile> files) =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                files
                    .Where(file => file.Content is not null)
                    .OrderBy(file => file.Path, StringComparer.Ordinal)
                    .Select(file => $"{Hash(file.Content!.Value)}  {file.Path}\n")
            )
        );

    private static string Hash(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));
}
