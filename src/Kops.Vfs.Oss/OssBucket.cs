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
        if (answer.Response is not null) _exists = true;
        return answer;
    }

    /// <summary>Sends a request, and reads the XML of its answer.</summary>
    internal async ValueTask<XElement> AskAsync(string operation, string key, string permission, OssRequest request, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw Errors.Wrap(operation, key, permission, failure);
        try
        {
            using var text = new StringReader(await answer.Response!.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XElement.Load(reader);
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
        if (Validate(key) is not null) return null;
        using var answer = await SendAsync(new OssRequest(HttpMethod.Head, key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response) return OssObject.Read(response, key);
        if (answer.Failure is { Code: "", Status: HttpStatusCode.Forbidden or HttpStatusCode.BadRequest }) return await ReadAsync(operation, key, cancellationToken).ConfigureAwait(false);
        if (!answer.Failure!.IsAbsence) throw Errors.Wrap(operation, key, "oss:GetObject", answer.Failure);
        await RequireAsync(operation, key, answer.Failure, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<(MarkedObject? Found, ServiceFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await Connection.TryAsync(new OssRequest(HttpMethod.Head, key), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response) return (OssObject.Read(response, key).Marked, null);
        return answer.Failure!.IsAbsence ? (null, null) : (null, answer.Failure);
    }

    /// <summary>Makes sure that "not found" means the object and not the bucket. Once anything in it has been seen, nobody needs to ask.</summary>
    internal async ValueTask RequireAsync(string operation, string key, ServiceFailure absence, CancellationToken cancellationToken)
    {
        if (absence.Code is "NoSuchBucket") throw Errors.Wrap(operation, key, string.Empty, absence);
        if (_exists || absence.Code is "NoSuchKey") return;
        using var answer = await SendAsync(new OssRequest(HttpMethod.Get, string.Empty) { Query = [("list-type", "2"), ("max-keys", "1")] }, cancellationToken).ConfigureAwait(false);
        // Who may not list the bucket may still read in it: the object is not there then, and the bucket is.
        if (answer.Failure is { } failure && failure.Status is not HttpStatusCode.Forbidden) throw Errors.Wrap(operation, key, "oss:ListObjects", failure);
    }

    async ValueTask<MarkedObject?> IGuardedStore.FindAsync(string operation, string key, CancellationToken cancellationToken) =>
        (await FindAsync(operation, key, cancellationToken).ConfigureAwait(false))?.Marked;

    StoreException IGuardedStore.Wrap(string operation, string key, ServiceFailure failure) => Errors.Wrap(operation, key, "oss:PutObject", failure);

    string IGuardedStore.PathOf(string key) => Errors.PathOf(key);

    /// <summary>The answer to a HEAD does not always say why it was refused. A read does.</summary>
    private async ValueTask<OssObject?> ReadAsync(string operation, string key, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new OssRequest(HttpMethod.Get, key) { Streams = true }, cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response) return OssObject.Read(response, key);
        return answer.Failure!.IsAbsence ? null : throw Errors.Wrap(operation, key, "oss:GetObject", answer.Failure);
    }
}
