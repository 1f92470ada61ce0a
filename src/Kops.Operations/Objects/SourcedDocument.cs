using Kops.Api.Codec;

namespace Kops.Operations.Objects;

/// <summary>A document that was handed in.</summary>
/// <param name="Document">The document.</param>
/// <param name="Source">The file that it stands in, for messages.</param>
public sealed record SourcedDocument(ApiDocument Document, string Source);
