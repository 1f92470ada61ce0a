using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.Swift.Configuration;
using Kops.Vfs.Swift.Transport;

namespace Kops.Vfs.Swift.Objects;

/// <summary>One container: its requests, with their failures explained.</summary>
internal sealed class SwiftContainer : RestContainer, IGuardedStore
{
    /// <summary>Swift's usual limit (<c>max_object_name_length</c>).</summary>
    internal const int MaxKeyBytes = 1024;

    private readonly string _path;

    internal SwiftContainer(string name, string address, SwiftOptions options, TimeProvider clock)
        : this(name, options, new SwiftErrors(name, address, options), new RestConnection(new SwiftService(options, clock), options, clock))
    { }

    private SwiftContainer(string name, SwiftOptions options, SwiftErrors errors, RestConnection connection)
        : base(connection, errors)
    {
        (Name, Options, Errors, _path) = (name, options, errors, "/" + Uri.EscapeDataString(name));
        Guarded = new GuardedWrite(this, connection, errors);
    }

    internal string Name { get; }

    internal SwiftOptions Options { get; }

    internal SwiftErrors Errors { get; }

    /// <summary>Writes that Swift does not guard.</summary>
    internal GuardedWrite Guarded { get; }

    protected override RestRequest Locate => new(HttpMethod.Head, _path);

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes" : null;

    /// <summary>The container's path, with a query.</summary>
    internal string PathWith(params ReadOnlySpan<(string Name, string? Value)> query) => RestRequest.PathWith(_path, query);

    /// <summary>An object's path, with a query. All but letters, digits and a few marks is percent-encoded, slashes too.</summary>
    internal string PathTo(string key, params ReadOnlySpan<(string Name, string? Value)> query) =>
        RestRequest.PathWith($"{_path}/{Uri.EscapeDataString(key)}", query);

    /// <summary>
    /// Asks for an object, and once more where there is none: while an object is written over, Swift's object server may look after the old
    /// file is gone and before it has seen the new one, and answers that there is nothing.
    /// </summary>
    internal async ValueTask<RestAnswer> AskAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Failure is { IsAbsence: true } ? await SendAsync(request, cancellationToken).ConfigureAwait(false) : answer;
    }

    /// <summary>Looks an object up, in the newest of its copies; null when there is none.</summary>
    internal async ValueTask<SwiftObject?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Validate(key) is not null)
            return null;
        using var answer = await AskAsync(Head(key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return SwiftObject.Read(response, key);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, answer.Failure);
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<(MarkedObject? Found, RestFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await Connection.TryAsync(Head(key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return (SwiftObject.Read(response, key).Marked, null);
        return answer.Failure!.IsAbsence ? (null, null) : (null, answer.Failure);
    }

    async ValueTask<MarkedObject?> IGuardedStore.FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked;

    private RestRequest Head(string key) => new(HttpMethod.Head, PathTo(key)) { Headers = [SwiftReader.Newest] };
}
