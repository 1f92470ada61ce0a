using System.Net;
using System.Net.Http;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Oss.Objects;

/// <summary>One bucket: its requests, with their failures explained.</summary>
internal sealed class OssBucket : RestContainer, IGuardedStore
{
    /// <summary>What OSS documents.</summary>
    internal const int MaxKeyBytes = 1023;

    private volatile bool _headShowsMarks;
    private volatile bool _keepsMarks;
    private volatile bool _partsKeepMarks;

    internal OssBucket(string name, string address, OssOptions options, TimeProvider clock)
        : this(name, options, new OssErrors(name, address, options), OssConnection.To(name, options, clock)) { }

    private OssBucket(string name, OssOptions options, OssErrors errors, OssConnection connection)
        : base(connection, errors, "oss:ListObjects")
    {
        (Name, Options, Errors, _headShowsMarks) = (name, options, errors, !options.Probe);
        Guarded = new GuardedWrite(this, connection, errors, "oss:PutObject");
    }

    internal string Name { get; }

    internal OssOptions Options { get; }

    internal OssErrors Errors { get; }

    /// <summary>Writes that OSS does not guard.</summary>
    internal GuardedWrite Guarded { get; }

    protected override RestRequest Locate => OssRequests.To(HttpMethod.Get, string.Empty, ("list-type", "2"), ("max-keys", "1"));

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes"
        : key.StartsWith('\\') ? "OSS has no keys that begin with a backslash"
        : null;

    /// <summary>Looks an object up; null when there is none.</summary>
    internal async ValueTask<OssObject?> FindAsync(string operation, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Validate(key) is not null)
            return null;
        var (found, failure) = await LookAsync(key, SendAsync, cancellationToken).ConfigureAwait(false);
        if (found is not null)
            return found;
        if (!failure!.IsAbsence)
            throw Errors.Wrap(operation, key, failure, "oss:GetObject");
        await RequireAsync(operation, key, failure, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<(MarkedObject? Found, RestFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
    {
        var (found, failure) = await LookAsync(key, Connection.TryAsync, cancellationToken).ConfigureAwait(false);
        return found is not null ? (found.Marked, null)
            : failure!.IsAbsence ? (null, null)
            : (null, failure);
    }

    /// <summary>How long an object is, where the answer that brings it does not say.</summary>
    /// <returns>Null when nobody says; and whether there is another object meanwhile.</returns>
    internal async ValueTask<(long? Size, bool IsOther)> SizeAsync(
        string key,
        string? versionId,
        HttpResponseMessage content,
        CancellationToken cancellationToken
    )
    {
        var request = OssRequests.To(HttpMethod.Head, key, versionId is null ? [] : [("versionId", versionId)]);
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true })
            return (null, true);
        return (
            answer.Response?.Content.Headers.ContentLength,
            answer.Response is { } head && OssObject.ETag(head)?.Trim('"') != OssObject.ETag(content)?.Trim('"')
        );
    }

    /// <summary>
    /// The version of what was written, on a server of which it is not known that it keeps the marks that are versions on OSS.
    /// </summary>
    internal async ValueTask<WriteOutcome> ConfirmAsync(
        string operation,
        string key,
        WriteMark mark,
        WriteOutcome outcome,
        bool inParts,
        CancellationToken cancellationToken
    )
    {
        if (!Options.Probe || outcome.Version is null || (inParts ? _partsKeepMarks : _keepsMarks))
            return outcome;
        if (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false) is not { } found)
            return outcome;
        if (found.Mark is null)
            return WriteOutcome.Written(found.Info.Version!.Value);
        if (found.Mark.Id != mark.Id)
            return outcome;
        if (inParts)
            _partsKeepMarks = true;
        else
            _keepsMarks = true;
        return outcome;
    }

    /// <summary>Makes sure that "not found" means the object and not the bucket, which OSS mostly says.</summary>
    internal async ValueTask RequireAsync(string operation, string key, RestFailure absence, CancellationToken cancellationToken)
    {
        if (absence.Code is "NoSuchBucket")
            throw Errors.Wrap(operation, key, absence);
        if (absence.Code is not "NoSuchKey")
            await RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
    }

    /// <remarks>Other servers than OSS may fail at listings, for ever: that says nothing of the bucket.</remarks>
    protected override async ValueTask<RestAnswer> LocateAsync(CancellationToken cancellationToken)
    {
        if (!Options.Probe)
            return await base.LocateAsync(cancellationToken).ConfigureAwait(false);
        var answer = await Connection.TryAsync(Locate, cancellationToken).ConfigureAwait(false);
        return answer.Failure?.Status >= HttpStatusCode.InternalServerError ? default : answer;
    }

    async ValueTask<MarkedObject?> IGuardedStore.FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked;

    /// <summary>
    /// Asks for an object's headers. The answer to a HEAD does not always say why it was refused, and of other servers than OSS it may
    /// leave the metadata out: a read does neither.
    /// </summary>
    private async ValueTask<(OssObject? Found, RestFailure? Failure)> LookAsync(
        string key,
        Func<RestRequest, CancellationToken, ValueTask<RestAnswer>> send,
        CancellationToken cancellationToken
    )
    {
        OssObject? described = null;
        using (var head = await send(OssRequests.To(HttpMethod.Head, key), cancellationToken).ConfigureAwait(false))
        {
            if (head.Failure is { } failure and not { Code: "", Status: HttpStatusCode.Forbidden or HttpStatusCode.BadRequest })
                return (null, failure);
            if (head.Response is { } response)
            {
                described = OssObject.Read(response, key);
                if (described.Mark is not null)
                    _headShowsMarks = true;
                if (_headShowsMarks)
                    return (described, null);
            }
        }

        using var read = await send(OssRequests.To(HttpMethod.Get, key) with { Streams = true }, cancellationToken).ConfigureAwait(false);
        return read.Response is { } whole ? (OssObject.Read(whole, key, described?.Info.Size), null) : (null, read.Failure);
    }
}
