using Azure;
using Azure.Storage.Blobs.Models;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.AzureBlob.Setup;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.AzureBlob.Writing;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Setup;

namespace Kops.Vfs.AzureBlob;

/// <summary>A container of Azure Blob Storage.</summary>
/// <remarks>
/// Versions are ETags, of which each write makes a new one. The container must exist, or be made with <see cref="Settings"/>. The driver
/// tries again by itself
/// (<see cref="NetworkOptions.MaxRetries"/>). Leases are not used, and those of others are respected.
/// </remarks>
public sealed class AzureBlobStoreDriver : IStoreDriver, ICopySource, IVersionedStore, IBucketAdmin, ITracedStore
{
    private const int MaxBlocks = 50_000;
    private readonly string _account;
    private readonly AzureContainer _container;
    private readonly AzureWriter _writer;
    private readonly AzureListing _listing;
    private readonly AzureVersions _versions;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="account">The storage account's name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="options">The service and the access to it.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="StoreException">The endpoint is that of another account.</exception>
    public AzureBlobStoreDriver(string account, string container, AzureBlobOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _account = account;
        _container = new AzureContainer(account, container, $"azureblob://{account}/{container}", options, clock);
        _writer = new AzureWriter(_container);
        _listing = new AzureListing(_container);
        _versions = new AzureVersions(_container);
        Capabilities = new StoreCapabilities
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            KeepsMarks = true,
            VersionsNameWrites = true,
            ClusterReadable = true,
            MaxKeyBytes = AzureBlobNames.MaxKeyBytes,
            MaxObjectBytes = (long)options.BlockSize * MaxBlocks,
            ForbiddenCharacters = AzureBlobNames.ForbiddenCharacters,
            FinalDotsForbidden = true,
        };
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        if (AzureBlobNames.KeyProblem(key) is not null)
            return null;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var answer = await _container
                .Client.Container.GetBlobClient(key)
                .GetPropertiesAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return AzureObject.Info(key, answer.Value);
        }
        catch (RequestFailedException e) when (AzureFailure.Is(e, "BlobNotFound"))
        {
            return null;
        }
        catch (RequestFailedException e) when (e.Status is >= 400 and < 500)
        {
            // The answer to a HEAD says little of the cause. A read says more.
            var reader = await OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (reader is null)
                return null;
            await using (reader.ConfigureAwait(false))
                return reader.Info;
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            throw _container.Wrap("read", key, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _versions.OpenAsync(key, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return _writer.PutAsync(key, body, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.IfAbsent
            ? throw new ArgumentException("a delete cannot ask for absence", nameof(condition))
            : _writer.DeleteAsync(key, condition, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        _listing.ListAsync(prefix, depth, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => _writer.CopyAsync(source, target, condition, StatAsync, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        _versions.ListAsync(key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        _versions.OpenAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        _versions.DeleteAllAsync(key, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<BucketSetting> Settings(BucketWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return new AzureSetup(_container, _account).Settings;
    }

    /// <inheritdoc/>
    public void Trace(Action<RequestTry> tell) => _container.Trace.To(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _container.Dispose();
        return ValueTask.CompletedTask;
    }
}
