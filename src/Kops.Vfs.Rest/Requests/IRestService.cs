using System.Net.Http;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Requests;

/// <summary>What a connection has to know of a service: its addresses, its signature, and how it says no.</summary>
public interface IRestService : IDisposable
{
    /// <summary>Tells of each try; to be handed to the network.</summary>
    RequestTrace Trace { get; }

    /// <summary>Finds out where a request goes and who sends it. Called for each try, so what costs something is kept.</summary>
    /// <exception cref="SignInException">There is no credential.</exception>
    ValueTask<IAuthorization> AuthorizeAsync(RestRequest request, CancellationToken cancellationToken);

    /// <summary>Whether an answer is one of success. A few services have statuses of their own for it.</summary>
    bool IsSuccess(HttpResponseMessage response) => response.IsSuccessStatusCode;

    /// <summary>
    /// Whether an answer is the service's own, by its headers; asked of those of success and of absence. A proxy's page has status 200 or
    /// 404, too, and is no empty listing, no delete that worked and no word about what is there.
    /// </summary>
    bool IsOwn(HttpResponseMessage response);

    /// <summary>What the service says with an answer that is none of success.</summary>
    /// <param name="failure">What its status says.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its content.</param>
    /// <param name="by">Who sent the request.</param>
    RestFailure Explain(RestFailure failure, HttpResponseMessage response, string body, IAuthorization by);
}
