using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Kops.Release;

/// <summary>
/// NuGet packages that are the same for the same content: <c>dotnet pack </c> gives each a random part name and the times of its files.
/// </summary>
internal static partial class NuGetPackage
{
    private const string Properties = "package/services/metadata/core-properties/";

    /// <summary>Writes a package anew, in order of names and of one time.</summary>
    public static void Settle(string source, string target, DateTimeOffset time)
    {
        using var from = ZipFile.OpenRead(source);
        using var output = File.Create(target);
        using var to = new ZipArchive(output, ZipArchiveMode.Create);
        // The format has no times before.
        var stamp = time < new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) ? new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) : time;
        foreach (var entry in from.Entries.OrderBy(entry => Name(entry.FullName), StringComparer.Ordinal))
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            var bytes = content.ToArray();
            if (entry.FullName == "_rels/.rels")
                bytes = Encoding.UTF8.GetBytes(Settled(Encoding.UTF8.GetString(bytes)));
            var copy = to.CreateEntry(Name(entry.FullName), CompressionLevel.SmallestSize);
            copy.LastWriteTime = stamp;
            using var written = copy.Open();
            written.Write(bytes);
        }
    }

    private static string Name(string name) => name.StartsWith(Properties, StringComparison.Ordinal) ? Properties + "kops.psmdcp" : name;

    /// <summary>The relations, with the name that the properties have now and ids that say nothing.</summary>
    private static string Settled(string relations)
    {
        var number = 0;
        return Id().Replace(PropertiesName().Replace(relations, Properties + "kops.psmdcp"), _ => $"Id=\"R{++number}\"");
    }

    [GeneratedRegex(@"package/services/metadata/core-properties/\w+\.psmdcp", RegexOptions.None, 1000)]
    private static partial Regex PropertiesName();

    [GeneratedRegex("Id=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
