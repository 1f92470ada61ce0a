using Azure;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Setup;

namespace Kops.Vfs.AzureBlob.Setup;

/// <summary>What a container of Azure Blob Storage should have. Most of it is the account's, and set by its owner.</summary>
/// <remarks>Source: "Security recommendations for Blob storage".</remarks>
internal sealed class AzureSetup(AzureContainer container, string account)
{
    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new(
                "container",
                "exists",
                LookAsync,
                token => RunAsync("create", client => client.Container.CreateAsync(PublicAccessType.None, cancellationToken: token), token)
            ),
            new("public access", "blocked", LookPublicAsync, HideAsync),
            new(
                "encryption",
                "by default",
                _ => ValueTask.FromResult(BucketFinding.Met("Azure's keys, always")),
                _ => ValueTask.CompletedTask
            ),
            BucketSetting.OutOfReach(
                "versioning",
                "on",
                Owner($"blob-service-properties update --account-name {account} --enable-versioning true")
            ),
            BucketSetting.OutOfReach(
                "TLS only",
                "others denied",
                Owner($"update --name {account} --https-only true --min-tls-version TLS1_2")
            ),
            BucketSetting.OutOfReach(
                "old versions",
                "removed in time",
                Owner(
                    $"management-policy create --account-name {account} --policy @FILE, with baseBlob left alone and "
                        + $"version.delete.daysAfterCreationGreaterThan"
                )
            ),
        ];

    private static string Owner(string command) => $"it is the account's, for all of its containers: az storage account {command}";

    private async ValueTask<BucketFinding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await container.Client.Container.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return BucketFinding.Met();
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return BucketFinding.Unmet();
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            throw container.Wrap("open", string.Empty, e);
        }
    }

    private async ValueTask<BucketFinding> LookPublicAsync(CancellationToken cancellationToken)
    {
        var answer = await container
            .RunAsync(
                "look at",
                string.Empty,
                client => client.Container.GetPropertiesAsync(cancellationToken: cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        var access = answer.Value.PublicAccess ?? PublicAccessType.None;
        return BucketFinding.Of(
            access is PublicAccessType.None,
            access is PublicAccessType.None ? null : $"everybody reads its {(access is PublicAccessType.Blob ? "files" : "list and files")}"
        );
    }

    /// <summary>Takes the public's access away; the container's other rules stay.</summary>
    private async ValueTask HideAsync(CancellationToken cancellationToken)
    {
        var rules = await container
            .RunAsync(
                "look at",
                string.Empty,
                client => client.Container.GetAccessPolicyAsync(cancellationToken: cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await RunAsync(
                "set up",
                client =>
                    client.Container.SetAccessPolicyAsync(
                        PublicAccessType.None,
                        rules.Value.SignedIdentifiers,
                        new BlobRequestConditions { IfUnmodifiedSince = rules.Value.LastModified },
                        cancellationToken
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async ValueTask RunAsync<T>(string operation, Func<AzureClient, Task<T>> send, CancellationToken cancellationToken) =>
        await container.RunAsync(operation, string.Empty, send, cancellationToken).ConfigureAwait(false);
}
