using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// One digest of what listings say of trees: keys, lengths, and hashes or, where a store has none, times. The same digest: nothing has
/// changed.
/// </summary>
internal sealed class TreeDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string key, ObjectInfo info) =>
        _hash.AppendData(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key}\0{info.Size}\0{(info.LikelyMd5 is { } md5 ? Convert.ToHexStringLower(md5.Span) : info.LastModified.UtcTicks)}\n"
                )
            )
        );

    /// <summary>An object by its content.</summary>
    public void Add(StoredFile file) => _hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path.Name}\0{file.Sha256}\n"));

    public string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
