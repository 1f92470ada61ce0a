using System.Security.Cryptography;

namespace Kops.Release;

/// <summary><c>SHA256SUMS</c>, as <c>sha256sum --check </c> reads it.</summary>
internal static class Checksums
{
    public const string Name = "SHA256SUMS";

    public static void Write(string directory)
    {
        var lines = Directory
            .EnumerateFiles(directory)
            .Where(file => Path.GetFileName(file) != Name)
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}\n");
        File.WriteAllText(Path.Combine(directory, Name), string.Concat(lines));
    }
}
