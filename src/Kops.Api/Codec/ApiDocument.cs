using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Api.Codec;

/// <summary>One document that a user handed in: a kOps object, or another Kubernetes object.</summary>
/// <param name="Root">The document.</param>
/// <param name="Object">The kOps object; null for any other kind.</param>
public sealed record ApiDocument(MappingNode Root, KopsObject? Object)
{
    /// <summary>The document's text, written anew: so kOps stores an object of another kind.</summary>
    public string Raw => YamlWriter.Write(Root);

    /// <summary>
    /// Fields of the text that are not in the object, because kOps does not keep them: they have no effect. A user wants to be told.
    /// </summary>
    public IReadOnlyList<Problem> DroppedFields { get; init; } = [];

    /// <summary>Fields that the schema does not know, where <see cref="UnknownFieldPolicy.Keep"/> keeps them.</summary>
    public IReadOnlyList<Problem> UnknownFields { get; init; } = [];
}
