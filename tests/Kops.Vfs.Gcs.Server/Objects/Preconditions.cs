using Kops.Vfs.Gcs.Server.Api;

namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>What must hold for a request to be carried out.</summary>
/// <remarks>Source: "Request preconditions": generation 0 stands for an object that is not there.</remarks>
internal sealed record Preconditions(
    long? GenerationMatch,
    long? GenerationNotMatch,
    long? MetagenerationMatch,
    long? MetagenerationNotMatch
)
{
    /// <param name="call">The request.</param>
    /// <param name="kind">What it is, for a server that ignores some.</param>
    internal static Preconditions Read(Call call, IgnoredConditions kind) =>
        call.Quirks.Ignores.HasFlag(kind) ? new(null, null, null, null) : Read(call);

    internal static Preconditions Read(Call call) =>
        new(
            call.Number("ifGenerationMatch"),
            call.Number("ifGenerationNotMatch"),
            call.Number("ifMetagenerationMatch"),
            call.Number("ifMetagenerationNotMatch")
        );

    internal void Check(StoredObject? current)
    {
        var generation = current?.Generation ?? 0;
        if (GenerationMatch is { } match && match != generation)
            throw ApiException.Refused();
        if (GenerationNotMatch is { } not && not == generation)
            throw ApiException.Refused();
        if (MetagenerationMatch is { } meta && meta != current?.Metageneration)
            throw ApiException.Refused();
        if (MetagenerationNotMatch is { } notMeta && notMeta == current?.Metageneration)
            throw ApiException.Refused();
    }
}
