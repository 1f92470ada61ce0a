using System.Net.Http;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Reading;

/// <summary>Where the content of an object comes from, and how it goes on where a connection broke.</summary>
/// <param name="Info">The object.</param>
/// <param name="Request">Asks for the same object from some byte on.</param>
public sealed record ContentSource(ObjectInfo Info, Func<long, RestRequest> Request)
{
    /// <summary>Sends a request until there is an answer.</summary>
    public required Func<RestRequest, CancellationToken, ValueTask<RestAnswer>> Send { get; init; }

    /// <summary>Explains failures.</summary>
    public required RestErrors Errors { get; init; }

    /// <summary>The right to read, in the service's terms.</summary>
    public string Permission { get; init; } = string.Empty;

    /// <summary>The version that an answer is of; null where the request itself asks for one version alone.</summary>
    public Func<HttpResponseMessage, ObjectVersion?>? VersionOf { get; init; }

    /// <summary>What must be right at the end; null for nothing.</summary>
    public Checksum? Checksum { get; init; }
}
