using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>The mark of a write as metadata, whose names are identifiers of C# here.</summary>
internal static class AzureMetadata
{
    private const string Name = "kops_write";

    internal static Dictionary<string, string> Of(WriteMark mark) => new(StringComparer.OrdinalIgnoreCase) { [Name] = mark.Text };

    internal static WriteMark? Read(IDictionary<string, string> metadata) =>
        WriteMark.Parse(metadata.FirstOrDefault(pair => pair.Key.Equals(Name, StringComparison.OrdinalIgnoreCase)).Value);
}
