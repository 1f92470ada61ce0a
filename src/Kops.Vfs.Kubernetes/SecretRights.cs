using System.Net;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Kubernetes;

/// <summary>Tries rights that reads and writes of small objects do not tell of.</summary>
internal sealed class SecretRights(KubernetesNamespace space)
{
    internal IReadOnlyList<RightTrial> Trials(bool writes) =>
        writes
            ?
            [
                new(StoreRight.Locate, "locate", LocateAsync),
                new(StoreRight.Write, "create", CreateAsync),
                new(StoreRight.Delete, "parts", RemovePartsAsync),
            ]
            : [new(StoreRight.Locate, "locate", LocateAsync)];

    private async ValueTask LocateAsync(CancellationToken cancellationToken)
    {
        using var answer = await space
            .SendAsync(KubeRequests.Get(space.Itself, KubeRequests.Metadata), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw space.Errors.Wrap("locate", string.Empty, failure, "get");
    }

    /// <summary>
    /// Creates nothing: the server goes as far as it can without. It may well not go far, where a webhook of the cluster knows no such
    /// requests, but rights come first.
    /// </summary>
    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        var body = SecretJson.Object(
            $".kops/check/{Guid.NewGuid():N}",
            null,
            WriteMark.New(WriteCondition.IfAbsent),
            new SecretContent(0, default(ReadOnlyMemory<byte>), null),
            space.Clock.GetUtcNow()
        );
        using var answer = await space
            .SendAsync(KubeRequests.Post(space.Secrets(("dryRun", "All")), body), cancellationToken)
            .ConfigureAwait(false);
        if (
            answer.Failure is { Status: null or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound } failure
        )
            throw space.Errors.Wrap("write", string.Empty, failure, "create");
    }

    /// <summary>Removes the parts of a long object that never was.</summary>
    private async ValueTask RemovePartsAsync(CancellationToken cancellationToken)
    {
        var selector = $"{SecretNames.Role}={SecretNames.RolePart},{SecretNames.Set}={Guid.NewGuid():N}";
        using var answer = await space
            .SendAsync(KubeRequests.Delete(space.Secrets(("labelSelector", selector))), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw space.Errors.Wrap("delete", string.Empty, failure, "deletecollection");
    }
}
