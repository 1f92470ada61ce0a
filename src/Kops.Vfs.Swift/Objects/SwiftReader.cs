using System.Net;
using System.Net.Http;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Swift.Objects;

/// <summary>Opens objects.</summary>
internal sealed class SwiftReader(SwiftContainer container)
{
    /// <summary>Asks all copies and takes the newest: what was written is read, even where a copy lags behind.</summary>
    internal static readonly (string Name, string Value) Newest = ("X-Newest", "true");

    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SwiftContainer.Validate(key) is not null)
            return null;
        var answer = await container.AskAsync(Request(container, key, versionId, 0), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
        {
            if (!failure.IsAbsence)
                throw container.Errors.Wrap("read", key, failure);
            await container.RequireAsync("read", key, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var found = SwiftObject.Read(answer.Response!, key).Info;
        var source = new ContentSource(found, from => Request(container, key, versionId, from))
        {
            Send = container.SendAsync,
            Errors = container.Errors,
            VersionOf = response => SwiftObject.Read(response, key).Info.Version,
            Checksum = Md5Checksum.Of(found.Md5),
        };
        return new ObjectReader(found, new RestContentStream(source, answer.Response!));
    }

    /// <summary>Asks for the object's content from some byte on.</summary>
    internal static RestRequest Request(SwiftContainer container, string key, string? versionId, long from) =>
        new(HttpMethod.Get, container.PathTo(key, ("version-id", versionId)))
        {
            Streams = true,
            Headers = from > 0 ? [Newest, ("Range", $"bytes={from}-")] : [Newest],
        };
}
