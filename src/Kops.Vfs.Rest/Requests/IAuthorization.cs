using System.Net.Http;

namespace Kops.Vfs.Rest.Requests;

/// <summary>Where a request goes, and who sends it.</summary>
public interface IAuthorization
{
    /// <summary>The connections that it goes over.</summary>
    HttpClient Http { get; }

    /// <summary>The address that the paths of requests stand below.</summary>
    Uri Address { get; }

    /// <summary>Shows who asks.</summary>
    /// <param name="message">The request, with all its other headers.</param>
    /// <param name="request">What it was made from.</param>
    void Sign(HttpRequestMessage message, RestRequest request);

    /// <summary>Forgets the credential, where it is that which was refused.</summary>
    /// <returns>Whether there may be another one, so that the request is worth one more try.</returns>
    bool Renew(RestFailure refused);
}
