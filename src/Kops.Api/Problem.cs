using Kops.Api.Documents;

namespace Kops.Api;

/// <summary>Something that is wrong with an object, and where.</summary>
/// <param name="Path">The field path: <c>spec.subnets[0].zone</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what would be right, without a final stop.</param>
/// <param name="Position">Where it stands in the text; null for an object that was not read from one.</param>
/// <param name="Subject">The object, where several are looked at together: <c>InstanceGroup nodes</c>.</param>
public sealed record Problem(string Path, string Message, SourcePosition? Position = null, string? Subject = null)
{
    /// <summary>Whether it is a field that the schema does not know: a mistake in typing, or a field of a newer kOps.</summary>
    public bool IsUnknownField { get; init; }

    /// <summary>For people: subject, path and message, those that there are.</summary>
    public override string ToString() => $"{Part(Subject)}{Part(Path)}{Message}";

    private static string Part(string? text) => string.IsNullOrEmpty(text) ? string.Empty : $"{text}: ";
}
