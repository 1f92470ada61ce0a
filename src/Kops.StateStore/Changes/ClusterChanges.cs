using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Validation;
using Kops.Api.Views;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Keysets;
using Kops.StateStore.Layout;
using Kops.StateStore.Secrets;
using Kops.StateStore.SshKeys;

namespace Kops.StateStore.Changes;

/// <summary>
/// Plans the changes of one command on one cluster. Pure: it computes from what was read, and writes nothing. Members may be called
/// one after the other; <see cref="Build"/> gives the one change set of them all.
/// </summary>
public sealed class ClusterChanges
{
    private readonly ClusterLayout _layout;
    private readonly ChangeSetBuilder _builder;
    private readonly TimeProvider _clock;
    private readonly bool _allowUnknownFields;
    private readonly List<InstanceGroup> _groups = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Value)> _secrets = [];
    private Cluster? _cluster;
    private (StoredFile Read, FlagRecord Record)? _said;

    internal ClusterChanges(ClusterLayout layout, string title, TimeProvider clock, bool allowUnknownFields)
    {
        (_layout, _clock, _allowUnknownFields) = (layout, clock, allowUnknownFields);
        _builder = new ChangeSetBuilder(layout, title);
    }

    /// <summary>By which rules objects are checked; null checks none.</summary>
    internal ValidationOptions? Rules { get; init; }

    /// <summary>The cluster as it is stored; null where it is new.</summary>
    internal Cluster? Stored { get; init; }

    /// <summary>Creates the Cluster object. That none stands there is checked when the change is applied, by the store.</summary>
    public ClusterChanges CreateCluster(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return Create(StoredFile.Absent(_layout.Config), cluster);
    }

    /// <summary>Replaces the Cluster object that was read.</summary>
    /// <exception cref="StateStoreException">It has fields that this program does not know, and they may not be overwritten.</exception>
    public ClusterChanges ReplaceCluster(StoredObject<Cluster> read, Cluster changed) => Replace(read, changed);

    /// <summary>
    /// Creates an InstanceGroup object under its name. That none stands there is checked when the change is applied, by the store.
    /// </summary>
    public ClusterChanges CreateInstanceGroup(InstanceGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Create(StoredFile.Absent(_layout.InstanceGroup(group.Metadata.Name ?? string.Empty)), group);
    }

    /// <summary>Replaces the InstanceGroup object that was read.</summary>
    /// <exception cref="StateStoreException">It has fields that this program does not know, and they may not be overwritten.</exception>
    public ClusterChanges ReplaceInstanceGroup(StoredObject<InstanceGroup> read, InstanceGroup changed) => Replace(read, changed);

    /// <summary>Deletes the InstanceGroup object that was read.</summary>
    public ClusterChanges DeleteInstanceGroup(StoredObject<InstanceGroup> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _builder.Delete(read.File);
        return this;
    }

    /// <summary>Writes a file of any other sort: additional objects, the completed spec, manifests, node configuration.</summary>
    /// <param name="read">The file as it was read, absence included.</param>
    /// <param name="content">What shall stand there.</param>
    /// <param name="secrecy">How much may be kept and shown.</param>
    public ClusterChanges WriteFile(StoredFile read, ReadOnlyMemory<byte> content, FileSecrecy secrecy = FileSecrecy.Plain)
    {
        _builder.Write(read, content, secrecy);
        return this;
    }

    /// <summary>Deletes a file of any other sort.</summary>
    public ClusterChanges DeleteFile(StoredFile read, FileSecrecy secrecy = FileSecrecy.Plain)
    {
        _builder.Delete(read, secrecy);
        return this;
    }

    /// <summary>Adds an SSH public key for <c>admin</c>, its bytes kept as they are.</summary>
    /// <param name="publicKey">The file, in the one-line form of OpenSSH.</param>
    /// <param name="existing">The keys that are there already: the same key again replaces its file, if only its comment differs.</param>
    /// <exception cref="StateStoreException">It is no public key.</exception>
    public ClusterChanges AddSshKey(ReadOnlyMemory<byte> publicKey, IEnumerable<SshPublicKey>? existing = null)
    {
        var id = SshPublicKey.Fingerprint(publicKey, "the SSH public key");
        var same = existing?.FirstOrDefault(key => key.Id == id);
        _builder.Write(same?.File ?? StoredFile.Absent(_layout.SshKey(id)), publicKey);
        return this;
    }

    /// <summary>Deletes an SSH public key that was read.</summary>
    public ClusterChanges DeleteSshKey(SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _builder.Delete(key.File);
        return this;
    }

    /// <summary>Creates a secret. That none stands there is checked when the change is applied, by the store.</summary>
    public ClusterChanges CreateSecret(string name, ReadOnlyMemory<byte> data)
    {
        _secrets.Add((name, data));
        _builder.Write(StoredFile.Absent(_layout.Secret(name)), SecretFile.Encode(data.Span), FileSecrecy.Secret);
        return this;
    }

    /// <summary>Replaces a secret that was read.</summary>
    public ClusterChanges ReplaceSecret(Secret read, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(read);
        _secrets.Add((read.Name, data));
        _builder.Write(read.File, SecretFile.Encode(data.Span), FileSecrecy.Secret);
        return this;
    }

    /// <summary>Deletes a secret that was read.</summary>
    public ClusterChanges DeleteSecret(Secret read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _builder.Delete(read.File, FileSecrecy.Secret);
        return this;
    }

    /// <summary>Creates a keyset. That none stands there is checked when the change is applied, by the store.</summary>
    public ClusterChanges CreateKeyset(ClusterKeyset keyset)
    {
        ArgumentNullException.ThrowIfNull(keyset);
        _builder.Write(StoredFile.Absent(_layout.Keyset(keyset.Name)), KeysetFile.Encode(keyset), FileSecrecy.Secret);
        return this;
    }

    /// <summary>Replaces a keyset that was read.</summary>
    public ClusterChanges ReplaceKeyset(StoredKeyset read, ClusterKeyset changed)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(changed);
        _builder.Write(read.File, KeysetFile.Encode(changed), FileSecrecy.Secret);
        return this;
    }

    /// <summary>
    /// Makes the change conditional on a file that is only read: the change is applied only while the file stands as it was read.
    /// </summary>
    public ClusterChanges Require(StoredFile read)
    {
        _builder.Require(read);
        return this;
    }

    /// <summary>Keeps what flags said of the cluster, beside its history.</summary>
    /// <param name="read">The file as it was read, absence included: <see cref="FlagRecord.ReadAsync"/>.</param>
    /// <param name="flags">The values of each flag, by its name.</param>
    /// <param name="cluster">The cluster as they made it.</param>
    /// <param name="groups">The groups that they made.</param>
    public ClusterChanges KeepFlags(
        StoredFile read,
        IReadOnlyDictionary<string, IReadOnlyList<string>> flags,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        _said = (read, new FlagRecord(string.Empty, flags, cluster, groups));
        return this;
    }

    /// <summary>The change set.</summary>
    /// <exception cref="InvalidObjectException">An object or a secret may not be like that; all that is wrong with it is
    /// named.</exception>
    public ChangeSet Build()
    {
        if (Rules is not null)
        {
            ObjectRules.Check(Stored, _cluster, _groups, Rules);
            foreach (var (name, value) in _secrets)
                SecretRules.Check(name, value);
        }

        if (_said is var (read, said))
            _builder.Write(read, (said with { Created = (_cluster ?? Stored)?.Metadata.CreationTimestamp ?? string.Empty }).Encode());
        return _builder.Build();
    }

    private ClusterChanges Create<T>(StoredFile absent, T value)
        where T : KopsObject, IApiView<T>
    {
        var made = T.Of((MappingNode)value.Node.Clone());
        Remember(made);
        made.Metadata.CreationTimestamp ??= Timestamp(_clock.GetUtcNow());
        _builder.Write(absent, KopsCodec.Encode(made));
        return this;
    }

    private ClusterChanges Replace<T>(StoredObject<T> read, T changed)
        where T : KopsObject, IApiView<T>
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(changed);
        var before = read.Copy();
        if (before.Metadata.Name is null or "")
            before.Metadata.Name = read.Name;
        var after = T.Of((MappingNode)changed.Node.Clone());
        if (after.Metadata.Name != read.Name)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{read.File.Path}: metadata.name cannot be changed from '{read.Name}' to '{after.Metadata.Name}'"
            );
        after.Metadata.CreationTimestamp ??= before.Metadata.CreationTimestamp;
        after.Metadata.Generation = before.Metadata.Generation;
        if (_allowUnknownFields)
            UnknownFields.Keep(before.Node, after.Node, read.UnknownFields);
        if (Node.DeepEquals(before.Node, after.Node) || IsOnlyLabelled(before, after))
            return this;
        if (read.UnknownFields.Count > 0 && !_allowUnknownFields)
        {
            throw new StateStoreException(
                StateErrorKind.Unknown,
                $"{read.File.Path} has fields that this program does not know "
                    + $"({string.Join(", ", read.UnknownFields.Select(field => field.Path))}): "
                    + "a newer kOps wrote it. Use a newer program, or --allow-unknown-fields, which keeps these fields"
            );
        }

        if (!Node.DeepEquals(before.Node["spec"], after.Node["spec"]))
            after.Metadata.Generation = (before.Metadata.Generation ?? 0) + 1;
        Remember(after);
        _builder.Write(read.File, KopsCodec.Encode(after));
        return this;
    }

    private void Remember(KopsObject value)
    {
        if (value is Cluster cluster)
            _cluster = cluster;
        else if (value is InstanceGroup group)
            _groups.Add(group);
    }

    /// <summary>
    /// Whether all that is new is the label that an instance group is shown with: what was shown and handed back unchanged is no change.
    /// </summary>
    private bool IsOnlyLabelled(KopsObject before, KopsObject after)
    {
        if (after is not InstanceGroup || !after.Metadata.Labels.TryGetValue(ClusterLabel, out var cluster) || cluster != _layout.Cluster)
            return false;
        var bare = new InstanceGroup((MappingNode)after.Node.Clone());
        bare.Metadata.Labels.Remove(ClusterLabel);
        return Node.DeepEquals(before.Node, bare.Node);
    }

    private const string ClusterLabel = "kops.k8s.io/cluster";

    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
