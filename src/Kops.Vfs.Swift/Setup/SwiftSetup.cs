using System.Net;
using System.Net.Http;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Setup;
using Kops.Vfs.Swift.Objects;

namespace Kops.Vfs.Swift.Setup;

/// <summary>What a container of Swift should have.</summary>
/// <remarks>Source: Swift, "Object versioning" and "Access control lists".</remarks>
internal sealed class SwiftSetup(SwiftContainer container)
{
    private const string Versions = "X-Versions-Enabled";
    private const string Readers = "X-Container-Read";

    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new("container", "exists", LookAsync, token => SendAsync(HttpMethod.Put, [], token)),
            new("versioning", "on", LookVersionsAsync, token => SendAsync(HttpMethod.Post, [(Versions, "true")], token)),
            new("public access", "taken away", LookReadersAsync, HideAsync),
            BucketSetting.OutOfReach(
                "encryption",
                "by default",
                "Swift encrypts where its operator has set that up; containers have no say in it"
            ),
            BucketSetting.OutOfReach("TLS only", "others denied", "that is for the operator's proxy; use an address with https://"),
            BucketSetting.OutOfReach(
                "old versions",
                "removed in time",
                "Swift has no rule for that; they stay until somebody removes them ('openstack object' with --version-id, or swift's "
                    + "own client)"
            ),
        ];

    private async ValueTask<BucketFinding> LookAsync(CancellationToken cancellationToken)
    {
        using var answer = await HeadAsync(cancellationToken).ConfigureAwait(false);
        return answer.Failure switch
        {
            null => BucketFinding.Met(),
            { Status: HttpStatusCode.NotFound } => BucketFinding.Unmet(),
            var failure => throw container.Errors.Wrap("open", string.Empty, failure),
        };
    }

    private async ValueTask<BucketFinding> LookVersionsAsync(CancellationToken cancellationToken)
    {
        using var answer = await HeadAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw container.Errors.Wrap("look at", string.Empty, failure);
        // The older ways keep them in a container beside it.
        if ((answer.Response!.Header("X-Versions-Location") ?? answer.Response!.Header("X-History-Location")) is { Length: > 0 } other)
            return BucketFinding.Met($"in the container {other}");
        return BucketFinding.Of(string.Equals(answer.Response!.Header(Versions), "true", StringComparison.OrdinalIgnoreCase));
    }

    private async ValueTask<BucketFinding> LookReadersAsync(CancellationToken cancellationToken)
    {
        using var answer = await HeadAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw container.Errors.Wrap("look at", string.Empty, failure);
        var readers = answer.Response!.Header(Readers) ?? string.Empty;
        return BucketFinding.Of(!Parts(readers).Any(IsPublic), readers.Length > 0 ? $"read by {readers}" : null);
    }

    private async ValueTask HideAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> readers;
        using (var answer = await HeadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (answer.Failure is { } failure)
                throw container.Errors.Wrap("look at", string.Empty, failure);
            readers = Parts(answer.Response!.Header(Readers) ?? string.Empty).Where(part => !IsPublic(part));
        }

        var left = string.Join(',', readers);
        await SendAsync(HttpMethod.Post, [left.Length > 0 ? (Readers, left) : ("X-Remove-Container-Read", "x")], cancellationToken)
            .ConfigureAwait(false);
    }

    private static string[] Parts(string acl) => acl.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsPublic(string part) => part.StartsWith(".r:", StringComparison.Ordinal) || part is ".rlistings";

    private ValueTask<RestAnswer> HeadAsync(CancellationToken cancellationToken) =>
        container.SendAsync(new RestRequest(HttpMethod.Head, container.PathWith()), cancellationToken);

    private async ValueTask SendAsync(
        HttpMethod method,
        IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        using var answer = await container
            .SendAsync(new RestRequest(method, container.PathWith()) { Headers = headers }, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw container.Errors.Wrap("set up", string.Empty, failure);
    }
}
