using System.Net.Http;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>The service account of the machine, as the metadata server of Google Cloud gives it.</summary>
internal sealed class MetadataServer(string host, TokenEndpoint endpoint, TimeProvider clock) : ITokenSource
{
    /// <summary>The server is on the machine's own link. Where nothing answers soon, this machine is not on Google Cloud.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"http://{host}/computeMetadata/v1/instance/service-accounts/default/token?scopes={Uri.EscapeDataString(scope)}"
        );
        request.Headers.Add("Metadata-Flavor", "Google");
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return endpoint.ReadToken(
                await endpoint.SendAsync(request, "the machine's service account", either.Token).ConfigureAwait(false),
                "the machine's service account"
            );
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && e is OperationCanceledException or SignInException { InnerException: not null }
            )
        {
            throw new SignInException(
                $"no credentials were found, and no metadata server answers at {host}; run 'gcloud auth application-default login', "
                    + "or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials",
                isTransient: false,
                e
            );
        }
    }
}
