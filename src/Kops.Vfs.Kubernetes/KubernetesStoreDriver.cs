using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Writing;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Kubernetes;

/// <summary>A namespace of a Kubernetes cluster, with one Secret for each object.</summary>
/// <remarks>Versions are resourceVersions. The driver tries again by itself (<see cref="NetworkOptions.MaxRetries"/>).</remarks>
public sealed class KubernetesStoreDriver : IStoreDriver, IRightsTrial, ITracedStore
{
    private readonly KubernetesNamespace _space;
    private readonly SecretReader _reader;
    private readonly SecretWriter _writer;
    private readonly SecretDeletion _deletion;
    private readonly SecretListing _listing;
    private readonly SecretRights _rights;

    /// <summary>Creates the driver. Nothing is read or sent before it is used.</summary>
    /// <param name="context">The context of the kubeconfig; null for the current one, or the cluster that this program runs in.</param>
    /// <param name="name">The namespace.</param>
    /// <param name="address">What users write for it, for example <c>k8s://context/namespace</c>.</param>
    /// <param name="options">Where kubeconfigs are, and how patiently the cluster is asked.</param>
    /// <param name="clock">The time.</param>
    public KubernetesStoreDriver(string? context, string name, string address, KubernetesOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PartSize is <= 0 or > 1024 * 1024)
            throw new ArgumentException("a Secret holds at most 1 MiB", nameof(options));
        _space = new KubernetesNamespace(context, name, address, options, clock);
        _reader = new SecretReader(_space);
        _writer = new SecretWriter(_space);
        _deletion = new SecretDeletion(_space);
        _listing = new SecretListing(_space);
        _rights = new SecretRights(_space);
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            KeepsMarks = true,
            VersionsNameWrites = true,
            ClusterReadable = true,
            MaxKeyBytes = 1024,
        };

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        (await _space.FindAsync("read", key, cancellationToken).ConfigureAwait(false))?.Info;

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _reader.OpenAsync(key, cancellationToken);

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
            : _deletion.DeleteAsync(key, condition, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        _listing.ListAsync(prefix, depth, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<RightTrial> Trials(bool writes) => _rights.Trials(writes);

    /// <inheritdoc/>
    public ObjectVersion Never { get; } = new("1");

    /// <inheritdoc/>
    public void Trace(Action<RequestTry> tell) => _space.Connection.Trace(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _space.Dispose();
        return ValueTask.CompletedTask;
    }
}
