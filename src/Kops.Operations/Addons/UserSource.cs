using System.Security.Cryptography;
using System.Text;
using Kops.Build.Addons.Sources;

namespace Kops.Operations.Addons;

/// <summary>A source of addons that the user names.</summary>
/// <param name="Name">A folder, an archive or an address.</param>
/// <param name="Sha256">What it is: the SHA-256 of an archive, and of the names and contents of the addons of a folder.</param>
/// <param name="Addons">Its addons.</param>
public sealed record UserSource(string Name, string Sha256, AddonSource Addons)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="OperationException">It has no addons, or cannot be read.</exception>
    public static UserSource OfFolder(string folder)
    {
        var addons = SourceReader.ReadFolder(folder);
        return new(folder, HashOf(addons), addons);
    }

    /// <summary>Reads an archive.</summary>
    /// <exception cref="OperationException">It is none that can be read, or has no addons.</exception>
    public static UserSource OfArchive(string name, ReadOnlyMemory<byte> archive) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(archive.Span)), SourceReader.ReadArchive(archive, name));

    private static string HashOf(AddonSource addons)
    {
        var text = new StringBuilder();
        foreach (var path in addons.Paths)
            text.Append(path).Append('\0').Append(Convert.ToHexStringLower(SHA256.HashData(addons[path].Span))).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
