using System.Text;
using Kops.Api.Documents;

namespace Kops.Api.Yaml;

/// <summary>One document of a YAML or JSON text.</summary>
/// <param name="Root">Its value; positions count from the start of the whole text.</param>
/// <param name="Text">Its own text in UTF-8, without the line <c>---</c> before it.</param>
/// <param name="Duplicates">Keys that were set twice in a mapping, each at its second place. The last one counts, as in kOps.</param>
public sealed record YamlDocument(Node Root, ReadOnlyMemory<byte> Text, IReadOnlyList<Problem> Duplicates)
{
    /// <summary>Its own text.</summary>
    public string Raw => Encoding.UTF8.GetString(Text.Span);
}
