using Kops.Api.Diff;

namespace Kops.Model.Merging;

/// <summary>A field that flags set once, that somebody changed since, and that the flags now want to be something else.</summary>
/// <param name="Subject">The object that it is in, for people.</param>
/// <param name="Field">What the flags said, what it is, and what they say now.</param>
public sealed record MergeConflict(string Subject, FieldConflict Field);
