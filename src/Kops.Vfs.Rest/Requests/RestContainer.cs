using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Xml.Linq;

namespace Kops.Vfs.Rest.Requests;

/// <summary>One container of objects (a bucket, a namespace): its requests, with their failures explained.</summary>
/// <param name="connection">Sends requests.</param>
/// <param name="errors">Explains failures.</param>
/// <param name="locating">The right to look at the container, in the service's terms.</param>
public abstract class RestContainer(RestConnection connection, RestErrors errors, string locating = "") : IDisposable
{
    private volatile bool _exists;

    /// <summary>Sends requests.</summary>
    public RestConnection Connection => connection;

    /// <summary>A request that only a container that exists answers with success.</summary>
    protected abstract RestRequest Locate { get; }

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    public async ValueTask<RestAnswer> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is not null && ShowsContainer(request))
            _exists = true;
        return answer;
    }

    /// <summary>Sends a request that is answered with XML.</summary>
    /// <exception cref="StoreException">It failed, or the answer is something else.</exception>
    public ValueTask<XElement> AskXmlAsync(
        string operation,
        string key,
        string permission,
        string root,
        RestRequest request,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            operation,
            key,
            permission,
            request,
            (response, token) => AnswerBody.ReadXmlAsync(response, root, token),
            cancellationToken
        );

    /// <summary>Sends a request that is answered with JSON.</summary>
    /// <exception cref="StoreException">It failed, or the answer is something else.</exception>
    public ValueTask<JsonElement> AskJsonAsync(
        string operation,
        string key,
        string permission,
        RestRequest request,
        CancellationToken cancellationToken,
        JsonValueKind kind = JsonValueKind.Object
    ) => AskAsync(operation, key, permission, request, (response, token) => ReadAsync(response, kind, token), cancellationToken);

    /// <summary>The JSON of an answer.</summary>
    /// <exception cref="StoreException">It is something else.</exception>
    public async ValueTask<JsonElement> ReadJsonAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken,
        JsonValueKind kind = JsonValueKind.Object
    )
    {
        try
        {
            return await ReadAsync(response, kind, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw errors.Malformed(operation, key, e);
        }
    }

    /// <summary>
    /// Makes sure that "not found" means the object and not the container. Once anything in it has been seen, nobody needs to ask.
    /// </summary>
    /// <exception cref="StoreException">The container does not exist, or cannot be asked.</exception>
    public async ValueTask RequireAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        using var answer = await LocateAsync(cancellationToken).ConfigureAwait(false);
        // Who may not look at the container may still read in it: the object is not there then, and the container is.
        if (answer.Failure is { } failure && failure.Status is not HttpStatusCode.Forbidden)
            throw errors.Wrap(operation, key, failure, locating);
        _exists = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks for the container itself.</summary>
    protected virtual ValueTask<RestAnswer> LocateAsync(CancellationToken cancellationToken) => SendAsync(Locate, cancellationToken);

    /// <summary>Whether the success of a request shows that the container exists.</summary>
    protected virtual bool ShowsContainer(RestRequest request) => true;

    /// <summary>Closes the connections.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            connection.Dispose();
    }

    private static async ValueTask<JsonElement> ReadAsync(
        HttpResponseMessage response,
        JsonValueKind kind,
        CancellationToken cancellationToken
    )
    {
        using var document = await AnswerBody.ReadJsonAsync(response, kind, cancellationToken).ConfigureAwait(false);
        return document.RootElement.Clone();
    }

    private async ValueTask<T> AskAsync<T>(
        string operation,
        string key,
        string permission,
        RestRequest request,
        Func<HttpResponseMessage, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellationToken
    )
    {
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw errors.Wrap(operation, key, failure, permission);
        try
        {
            return await read(answer.Response!, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw errors.Malformed(operation, key, e);
        }
    }
}
