using System.Net;
using System.Net.Http;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Oss;

/// <summary>One bucket: its requests, with their failures explained.</summary>
internal sealed class OssBucket(string name, string address, OssOptions options, TimeProvider clock) : IGuardedStore, IDisposable
{
    /// <summary>What OSS documents.</summary>
    internal const int MaxKeyBytes = 1023;

    private volatile bool _exists;
    private volatile bool _headShowsMarks = !options.Probe;
    private volatile bool _keepsMarks;
    private volatile bool _partsKeepMarks;

    internal string Name => name;

    internal OssOptions Options => options;

    internal OssErrors Errors { get; } = new(name, address, options);

    internal OssConnection Connection { get; } = new(name, options, clock);

    public void Dispose() => Connection.Dispose();

    /// <summary>What is wrong with a key here; null when nothing is.</summary>
    internal static string? Validate(string key) =>
        Encoding.UTF8.GetByteCount(key) > MaxKeyBytes ? $"the key is longer than {MaxKeyBytes} bytes"
        : key.StartsWith('\\') ? "OSS has no keys that begin with a backslash"
        : null;

    /// <summary>Sends a request whose failures the caller looks at.</summary>
    internal async ValueTask<ServiceAnswer> SendAsync(OssRequest request, CancellationToken cancellationToken)
    {
        var answer = await Connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Response is not null)
            _exists = true;
        return answer;
    }

    /// <summary>Sends a request, and reads the XML of its answer.</summary>
    internal async ValueTask<XElement> AskAsync(
        string operation,
        string key,
        string permission,
        OssRequest request,
        CancellationToken cancellationToken
    )
    {
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw Errors.Wrap(operation, key, permission, failure);
        try
        {
            using var text = new StringReader(await answer.Response!.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var root = XElement.Load(reader);
            // OSS puts its answers into no namespace; others into that of its old documentation.
            foreach (var element in root.DescendantsAndSelf())
                element.Name = element.Name.LocalName;
            return root;
        }
        catch (XmlException e)
        {
            throw Errors.Malformed(operation, key, e);
        }
    }

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
            throw Errors.Wrap(operation, key, "oss:GetObject", failure);
        await RequireAsync(operation, key, failure, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<(MarkedObject? Found, ServiceFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
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
        var request = new OssRequest(HttpMethod.Head, key) { Query = versionId is null ? [] : [("versionId", versionId)] };
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
        if (!options.Probe || outcome.Version is null || (inParts ? _partsKeepMarks : _keepsMarks))
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

    /// <summary>
    /// Makes sure that "not found" means the object and not the bucket. Once anything in it has been seen, nobody needs to ask.
    /// </summary>
    internal async ValueTask RequireAsync(string operation, string key, ServiceFailure absence, CancellationToken cancellationToken)
    {
        if (absence.Code is "NoSuchBucket")
            throw Errors.Wrap(operation, key, string.Empty, absence);
        if (_exists || absence.Code is "NoSuchKey")
            return;
        var request = new OssRequest(HttpMethod.Get, string.Empty) { Query = [("list-type", "2"), ("max-keys", "1")] };
        using var answer = options.Probe
            ? await Connection.TryAsync(request, cancellationToken).ConfigureAwait(false)
            : await SendAsync(request, cancellationToken).ConfigureAwait(false);
        // Who may not list the bucket may still read in it: the object is not there then, and the bucket is. Other servers than OSS fail at
        // listings.
        if (
            answer.Failure is { } failure
            && failure.Status is not HttpStatusCode.Forbidden
            && !(options.Probe && failure.Status >= HttpStatusCode.InternalServerError)
        )
            throw Errors.Wrap(operation, key, "oss:ListObjects", failure);
    }

    async ValueTask<MarkedObject?> IGuardedStore.FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked;

    StoreException IGuardedStore.Wrap(string operation, string key, ServiceFailure failure) =>
        Errors.Wrap(operation, key, "oss:PutObject", failure);

    string IGuardedStore.PathOf(string key) => Errors.PathOf(key);

    /// <summary>
    /// Asks for an object's headers. The answer to a HEAD does not always say why it was refused, and of other servers than OSS it may
    /// leave the
    /// metadata out: a read does neither.
    /// </summary>
    private async ValueTask<(OssObject? Found, ServiceFailure? Failure)> LookAsync(
        string key,
        Func<OssRequest, CancellationToken, ValueTask<ServiceAnswer>> send,
        CancellationToken cancellationToken
    )
    {
        OssObject? described = null;
        using (var head = await send(new OssRequest(HttpMethod.Head, key), cancellationToken).ConfigureAwait(false))
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

        using var read = await send(new OssRequest(HttpMethod.Get, key) { Streams = true }, cancellationToken).ConfigureAwait(false);
        return read.Response is { } whole ? (OssObject.Read(whole, key, described?.Info.Size), null) : (null, read.Failure);
    }
}
