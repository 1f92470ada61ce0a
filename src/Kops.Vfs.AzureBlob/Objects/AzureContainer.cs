using System.Net.Http;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>One container: its client, made when it is first needed, and its requests with their errors explained.</summary>
internal sealed class AzureContainer : IDisposable
{
    private readonly string _address;
    private readonly AzureErrors _errors;
    private readonly Lazy<AzureClient> _client;
    private HttpClient? _http;

    internal AzureContainer(string account, string name, string address, AzureBlobOptions options, TimeProvider clock)
    {
        var endpoint = AzureBlobEndpoint.Of(address, account, options.Endpoint);
        (Options, Clock, _address) = (options, clock, address);
        _errors = new AzureErrors(account, name, address, endpoint, options, clock);
        _client = new Lazy<AzureClient>(() =>
        {
            if (options.Key is null && options.Sas is null && endpoint.Scheme is "http")
            {
                throw new StoreException(
                    StoreErrorKind.InvalidArgument,
                    "open",
                    address,
                    $"a sign-in must not go over plain http to {endpoint.Authority}; set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, "
                        + $"or use https"
                );
            }

            _http = StoreNetwork.Create(options, clock, Trace, response => IsOwn(response, endpoint));
            return AzureClient.Create(new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{name}"), account, options, _http, clock);
        });
    }

    internal AzureBlobOptions Options { get; }

    /// <summary>Tells of each try.</summary>
    internal RequestTrace Trace { get; } = new();

    internal TimeProvider Clock { get; }

    internal AzureClient Client => _client.Value;

    public void Dispose() => _http?.Dispose();

    /// <summary>Sends a request, and explains its failure.</summary>
    internal async ValueTask<T> RunAsync<T>(
        string operation,
        string key,
        Func<AzureClient, Task<T>> send,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await send(Client).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsCancelled(e, cancellationToken))
        {
            throw Wrap(operation, key, e);
        }
    }

    internal string PathOf(string key) => key.Length == 0 ? _address : $"{_address}/{key}";

    internal StoreException Wrap(string operation, string key, Exception exception) => _errors.Wrap(operation, key, exception);

    /// <summary>Whether an answer of success is the service's own, which has an id for each. Servers of sign-ins have not.</summary>
    private static bool IsOwn(HttpResponseMessage response, Uri endpoint) =>
        response.RequestMessage?.RequestUri?.Authority != endpoint.Authority || response.Headers.Contains("x-ms-request-id");

    internal static bool IsCancelled(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested && NetworkFailure.Find<OperationCanceledException>(exception) is not null;
}
