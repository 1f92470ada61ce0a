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
    /// <summary>The version of kOps that it is the source of; null where it does not say.</summary>
    public string? Version { get; init; }

    /// <summary>The SHA-256 of the names and contents of its addons, wherever they lie.</summary>
    public string AddonsSha256 => HashOf(Addons);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="OperationException">It has no addons, or cannot be read.</exception>
    public static UserSource OfFolder(string folder)
    {
        var content = SourceReader.ReadFolder(folder);
        return new(folder, HashOf(content.Addons), content.Addons) { Version = content.Version };
    }

    /// <summary>Reads an archive.</summary>
    /// <exception cref="OperationException">It is none that can be read, or has no addons.</exception>
    public static UserSource OfArchive(string name, ReadOnlyMemory<byte> archive) => OfArchive(name, archive, HashOf(archive));

    internal static UserSource OfArchive(string name, ReadOnlyMemory<byte> archive, string sha256)
    {
        var content = SourceReader.ReadArchive(archive, name);
        return new(name, sha256, content.Addons) { Version = content.Version };
    }

    internal static string HashOf(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));

    internal static string HashOf(AddonSource addons)
    {
        var text = new StringBuilder();
        foreach (var path in addons.Paths)
            text.Append(path).Append('\0').Append(HashOf(addons[path])).Append('\n');
        return HashOf(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
