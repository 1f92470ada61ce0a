using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Api.Codec;

/// <summary>Several objects in one document: a bare array, as <c>get -o json </c> prints them, or Kubernetes' <c>kind: List</c>.</summary>
internal static class DocumentList
{
    /// <summary>The objects of a document: itself where it is no list.</summary>
    public static IEnumerable<YamlDocument> Of(YamlDocument document) =>
        document.Root switch
        {
            SequenceNode list => Items(document, list),
            MappingNode root when root["kind"] is ScalarNode { Text: "List" } && root["items"] is SequenceNode items => Items(
                document,
                items
            ),
            _ => [document],
        };

    // What is wrong with the whole is told once, with the first.
    private static IEnumerable<YamlDocument> Items(YamlDocument document, SequenceNode items) =>
        items.Select((item, index) => new YamlDocument(item, document.Text, index == 0 ? document.Duplicates : [])).SelectMany(Of);
}
