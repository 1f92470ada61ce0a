using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Objects;
using Kops.Vfs.S3.Setup;
using Kops.Vfs.S3.Writing;
using Kops.Vfs.Setup;
using S3Encryption = Kops.Vfs.S3.Configuration.S3Encryption;

namespace Kops.Vfs.S3;

/// <summary>
/// A bucket of S3, or of a service that speaks as S3 does. What is peculiar to a service is a value in <see cref="S3Options"/>.
/// </summary>
/// <remarks>
/// Versions are ETags. On S3 these follow from the content, so a version says "this content" and not "this write": an object that was
/// changed and changed back is in its old version again. The driver tries again by itself
/// (<see cref="NetworkOptions.MaxRetries"/>).
/// </remarks>
public sealed class S3StoreDriver
    : IStoreDriver,
        ICopySource,
        ICopyAcross,
        IBatchDelete,
        IVersionedStore,
        IBucketAdmin,
        IDescribedBucket,
        IRightsTrial,
        ITracedStore
{
    private readonly S3Container _bucket;
    private readonly S3Writer _writer;
    private readonly S3Deletion _deletion;
    private readonly S3Listing _listing;
    private readonly S3Versions _versions;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="address">What users write for it, for example <c>s3://bucket</c>.</param>
    /// <param name="options">The service and the access to it.</param>
    /// <param name="clock">The time.</param>
    public S3StoreDriver(string bucket, string address, S3Options options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _bucket = new S3Container(bucket, address, options, clock);
        _writer = new S3Writer(_bucket);
        _deletion = new S3Deletion(_bucket);
        _listing = new S3Listing(_bucket);
        _versions = new S3Versions(_bucket);
        Capabilities = new StoreCapabilities
        {
            ConditionalCreate = options.ConditionalCreate,
            ConditionalReplace = options.ConditionalReplace,
            ConditionalDelete = options.ConditionalDelete,
            KeepsMarks = true,
            ClusterReadable = true,
            MaxKeyBytes = S3Writer.MaxKeyBytes,
            MaxObjectBytes = Math.Min((long)options.PartSize * S3Multipart.MaxParts, 5L << 40),
        };
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) => StatAsync("read", key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _versions.OpenAsync(key, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken) =>
        _writer.PutAsync(key, body, condition, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.IfAbsent
            ? throw new ArgumentException("a delete cannot ask for absence", nameof(condition))
            : _deletion.DeleteAsync(key, condition, (name, token) => StatAsync("delete", name, token), cancellationToken);

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
    public CopyPlace Place => _bucket.Place;

    /// <inheritdoc/>
    public ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => _writer.CopyFromAsync(from, source, target, condition, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        _deletion.DeleteBatchAsync(keys, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        _versions.ListAsync(key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        _versions.OpenAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken)
    {
        var versions = new List<KeyVersion>();
        await foreach (var version in _versions.ListAsync(key, cancellationToken).ConfigureAwait(false))
            versions.Add(new KeyVersion { Key = key, VersionId = version.Id });
        var failures = await _deletion.DeleteVersionsAsync(versions, cancellationToken).ConfigureAwait(false);
        return failures.Count == 0 ? versions.Count : throw failures[0];
    }

    /// <inheritdoc/>
    public IReadOnlyList<BucketSetting> Settings(BucketWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return new S3Setup(_bucket, wishes).Settings;
    }

    /// <inheritdoc/>
    public async ValueTask<BucketTraits> DescribeAsync(CancellationToken cancellationToken) =>
        new(
            await _bucket.RegionAsync(cancellationToken).ConfigureAwait(false),
            await _writer.EncryptsByItselfAsync(cancellationToken).ConfigureAwait(false)
        );

    /// <inheritdoc/>
    public IReadOnlyList<RightTrial> Trials(bool writes)
    {
        var trials = new List<RightTrial>();
        // A region that is told need not be asked for, nor encryption that is.
        if (_bucket.Options.Region is null)
            trials.Add(new(StoreRight.Locate, "locate", _bucket.AskLocationAsync));
        if (writes && _bucket.Options is { Encryption: S3Encryption.BucketDefault, Endpoint: null })
            trials.Add(new(StoreRight.AskEncryption, "encryption", _bucket.AskEncryptionAsync));
        return trials;
    }

    /// <inheritdoc/>
    public ObjectVersion Never { get; } = new("\"00000000000000000000000000000000\"");

    /// <inheritdoc/>
    public void Trace(Action<RequestTry> tell) => _bucket.Trace.To(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _bucket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ObjectInfo?> StatAsync(string operation, string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = _bucket.Name, Key = key };
        try
        {
            var head = await _bucket
                .SendAsync((client, token) => client.GetObjectMetadataAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            var version = S3ETag.ToVersion(head.ETag);
            return new ObjectInfo(key, head.ContentLength, version, S3Time.From(head.LastModified))
            {
                Mark = WriteMark.Parse(head.Metadata[WriteMark.Name])?.Id,
                Md5 = S3ETag.Md5(version, head.ServerSideEncryptionMethod, head.ServerSideEncryptionCustomerMethod),
            };
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            await _bucket.RequireAsync(operation, key, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AmazonS3Exception e)
            when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.MovedPermanently)
        {
            // The answer to a HEAD says nothing of the cause. A read does.
            var reader = await _versions.OpenAsync(key, null, cancellationToken, operation).ConfigureAwait(false);
            if (reader is null)
                return null;
            await using (reader.ConfigureAwait(false))
                return reader.Info;
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw _bucket.Wrap(operation, key, "s3:GetObject", e);
        }
    }
}
