using Kops.Api.Documents;

namespace Kops.Api;

/// <summary>Something that is wrong with an object, and where.</summary>
/// <param name="Path">The field path: <c>spec.subnets[0].zone</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what would be right, without a final stop.</param>
/// <param name="Position">Where it stands in the text; null for an object that was not read from one.</param>
public sealed record Problem(string Path, string Message, SourcePosition? Position = null);
