using System.Net.Http;
using System.Security.Authentication;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Requests;

/// <summary>A server, and what to do when it cannot be reached. Cures are clauses: <c>check the network</c>.</summary>
/// <param name="Service">The service's name: <c>OSS</c>.</param>
/// <param name="Name">The server, by its host or its address.</param>
public sealed record ServerCures(string Service, string Name)
{
    /// <summary>When its certificate is not trusted.</summary>
    public required string CertificateCure { get; init; }

    /// <summary>When there is no such host.</summary>
    public required string HostCure { get; init; }

    /// <summary>When there is no connection.</summary>
    public required string ConnectionCure { get; init; }

    /// <summary>When something else answers there.</summary>
    public required string AddressCure { get; init; }

    /// <summary>Why a request got no answer, and what to do.</summary>
    public string Explain(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        if (NetworkFailure.Find<ForeignAnswerException>(cause) is { } foreign)
            return $"what answers at {foreign.Address} is not {Service}: it gave {foreign.Answer}; {AddressCure}";
        if (NetworkFailure.Find<AuthenticationException>(cause) is { } untrusted)
            return $"the certificate of {Name} is not trusted ({untrusted.Message.TrimEnd('.')}); {CertificateCure}";
        return NetworkFailure.Find<HttpRequestException>(cause) switch
        {
            { HttpRequestError: HttpRequestError.NameResolutionError } => $"the host of {Name} cannot be found; {HostCure}",
            { HttpRequestError: HttpRequestError.ConnectionError } e => $"no connection to {Name} ({e.Message}); {ConnectionCure}",
            _ => $"the connection to {Name} failed ({cause.GetBaseException().Message}); try again",
        };
    }
}
