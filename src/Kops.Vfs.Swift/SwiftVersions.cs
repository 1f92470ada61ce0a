using System.Net.Http;
using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Objects;
using Kops.Vfs.Swift.Writing;

namespace Kops.Vfs.Swift;

/// <summary>The versions that a container keeps (<c>X-Versions-Enabled</c>).</summary>
/// <remarks>Source: Swift, "Object versioning". The older ways to keep versions, in another container, are not looked at.</remarks>
internal sealed class SwiftVersions(SwiftContainer container, SwiftListing listing, SwiftDeletion deletion)
{
    private bool? _areKept;

    internal async IAsyncEnumerable<StoredVersion> ListAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await AreKeptAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await container.FindAsync("list", key, cancellationToken).ConfigureAwait(false) is { } current)
                yield return new StoredVersion("null", true, current.Info.LastModified, current.Info);
            yield break;
        }

        await foreach (var row in listing.RowsAsync(key, null, string.Empty, cancellationToken).ConfigureAwait(false))
        {
            // Names come in order, and the prefix itself is the first of those that begin with it.
            if (row.Text("name") != key)
                yield break;
            var isDeletion = row.Text("content_type")?.Contains("x-deleted", StringComparison.Ordinal) == true;
            var time = SwiftListing.Time(row);
            var info = new ObjectInfo(key, SwiftListing.Size(row), null, time) { Md5 = Md5Checksum.Parse(row.Text("hash")) };
            var isLatest = row.TryGetProperty("is_latest", out var latest) && latest.ValueKind is System.Text.Json.JsonValueKind.True;
            yield return new StoredVersion(row.Text("version_id") ?? "null", isLatest && !isDeletion, time, isDeletion ? null : info);
        }
    }

    internal async ValueTask<int> DeleteAllAsync(string key, CancellationToken cancellationToken)
    {
        if (!await AreKeptAsync(cancellationToken).ConfigureAwait(false))
            return (await deletion.DeleteAsync(key, WriteCondition.Any, cancellationToken).ConfigureAwait(false)).Result is WriteResult.Done
                ? 1
                : 0;
        var versions = await ListAsync(key, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var version in versions)
            await deletion.DeleteVersionAsync(key, version.Id, cancellationToken).ConfigureAwait(false);
        return versions.Count;
    }

    private async ValueTask<bool> AreKeptAsync(CancellationToken cancellationToken)
    {
        if (_areKept is { } known)
            return known;
        using var answer = await container
            .SendAsync(new RestRequest(HttpMethod.Head, container.PathWith()), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw container.Errors.Wrap("list", string.Empty, failure);
        var areKept = string.Equals(answer.Response!.Header("X-Versions-Enabled"), "true", StringComparison.OrdinalIgnoreCase);
        _areKept = areKept;
        return areKept;
    }
}
