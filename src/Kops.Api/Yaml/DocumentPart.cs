namespace Kops.Api.Yaml;

/// <summary>Where one document stands in a text.</summary>
/// <param name="All">With its marker and directives, for a full parser.</param>
/// <param name="Content">Without them.</param>
/// <param name="Line">The line on which <paramref name="All"/> starts, from 1.</param>
/// <param name="ContentLine">The line on which <paramref name="Content"/> starts.</param>
/// <param name="IsBare">Whether the content alone says it all: no directives, and nothing on the marker's own line.</param>
internal readonly record struct DocumentPart(Range All, Range Content, int Line, int ContentLine, bool IsBare);
