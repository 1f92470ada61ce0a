using System.Buffers;
using System.Text;

namespace Kops.Api.Yaml;

/// <summary>Reads YAML and JSON to trees, by the rules of go-yaml and sigs.k8s.io/yaml, which kOps reads with.</summary>
public static class YamlReader
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);

    /// <summary>
    /// All documents of a text; those that hold nothing, or only comments, are passed over. Several documents are YAML's, divided by
    /// <c>---</c>.
    /// </summary>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InvalidObjectException">The text is neither, or asks for too much: nesting, aliases.</exception>
    public static IReadOnlyList<YamlDocument> Read(ReadOnlyMemory<byte> text, string source)
    {
        var limits = new ReadLimits(source);
        if (text.Span.StartsWith("\uFEFF"u8))
            text = text[3..];
        Characters.Check(text.Span, limits);
        if (JsonReader.LooksLikeJson(text.Span) && JsonReader.TryRead(text, limits) is { } json)
            return [json];

        var documents = new List<YamlDocument>();
        foreach (var part in DocumentParts.Of(text.Span))
        {
            var content = text[part.Content];
            if (part.IsBare && !content.Span.ContainsAnyExcept(Blank))
                continue;
            var duplicates = new List<Problem>();
            var root =
                (part.IsBare ? BlockReader.TryRead(content.Span, part.ContentLine, limits) : null)
                ?? LibraryReader.Read(Encoding.UTF8.GetString(text.Span[part.All]), part.Line, limits, duplicates);
            if (root is not null)
                documents.Add(new(root, content, duplicates));
        }

        return documents;
    }
}
