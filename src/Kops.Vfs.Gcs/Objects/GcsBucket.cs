using System.Net;
using System.Net.Http;
using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>One bucket: its requests, with their failures explained.</summary>
internal sealed class GcsBucket : RestContainer
{
    private const int MaxKeyBytes = 1024;

    internal GcsBucket(string name, string address, GcsOptions options, TimeProvider clock)
        : this(name, options, new GcsErrors(name, address, options), new RestConnection(new GcsService(options, clock), options, clock)) { }

    private GcsBucket(string name, GcsOptions options, GcsErrors errors, RestConnection connection)
        : base(connection, errors, "storage.objects.list") =>
        (Name, Options, Errors, Uris) = (name, options, errors, new GcsUris(name, options));

    internal string Name { get; }

    internal GcsOptions Options { get; }

    internal GcsUris Uris { get; }

    internal GcsErrors Errors { get; }

    protected override RestRequest Locate => new(HttpMethod.Get, Uris.List(("maxResults", "1"), ("fields", "items(name)")));

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    /// <remarks>Source: "About Cloud Storage objects", object name requirements.</remarks>
    internal static string? Validate(string key) =>
        key.AsSpan().ContainsAny('\r', '\n') ? "the key holds a line end, which no object's name can here"
        : System.Text.Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes"
        : key.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal)
            ? "no object's name can begin with .well-known/acme-challenge/ here"
        : null;

    /// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
    /// <param name="key">The object that was written.</param>
    /// <param name="condition">What it was conditioned on.</param>
    /// <param name="mark">The mark that it left; null for none.</param>
    /// <param name="answer">What came of it. Disposed here.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    internal async ValueTask<WriteOutcome> SettleAsync(
        string key,
        WriteCondition condition,
        WriteMark? mark,
        RestAnswer answer,
        CancellationToken cancellationToken
    )
    {
        using (answer)
        {
            if (answer.Response is not { } response)
                return await Failed("write", key, condition, mark, answer, "storage.objects.create")
                    .SettleAsync(cancellationToken)
                    .ConfigureAwait(false);
            var written = await ReadObjectAsync("write", key, response, cancellationToken).ConfigureAwait(false);
            return WriteOutcome.Written(written.Info.Version!.Value);
        }
    }

    /// <summary>A write or a delete whose answer is a failure.</summary>
    internal FailedWrite Failed(
        string operation,
        string key,
        WriteCondition condition,
        WriteMark? mark,
        RestAnswer answer,
        string permission
    ) =>
        FailedWrite.Of(
            Errors,
            operation,
            key,
            condition,
            mark,
            answer,
            permission,
            async token => (await FindAsync(operation, key, token).ConfigureAwait(false))?.Marked
        );

    internal async ValueTask<GcsObject> ReadObjectAsync(
        string operation,
        string key,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var json = await ReadJsonAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        try
        {
            return GcsObject.Read(json);
        }
        catch (JsonException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

    /// <summary>Looks an object up; null when there is none.</summary>
    internal ValueTask<GcsObject?> FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        FindAsync(operation, key, null, cancellationToken);

    /// <summary>Looks a generation of an object up, the current one for null; null when there is none.</summary>
    internal async ValueTask<GcsObject?> FindAsync(string operation, string key, string? generation, CancellationToken cancellationToken)
    {
        if (Validate(key) is not null)
            return null;
        var request = new RestRequest(HttpMethod.Get, Uris.Object(key, ("generation", generation), ("fields", GcsObject.Fields)));
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return await ReadObjectAsync(operation, key, response, cancellationToken).ConfigureAwait(false);
        if (!answer.Failure!.IsAbsence)
            throw Errors.Wrap(operation, key, answer.Failure, "storage.objects.get");
        await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
