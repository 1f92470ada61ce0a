namespace Kops.Api.Codec;

/// <summary>An object as it was read from a store.</summary>
/// <param name="Value">The object, in the stored version whatever version it was written in.</param>
/// <param name="UnknownFields">Fields that this program does not know: a newer kOps wrote them; or that the stored version cannot
/// hold.</param>
public sealed record Stored<T>(T Value, IReadOnlyList<Problem> UnknownFields)
    where T : KopsObject;
