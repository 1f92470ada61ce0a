using Kops.Api;
using Kops.StateStore.Files;
using Kops.StateStore.Keysets;
using Kops.StateStore.Layout;
using Kops.StateStore.Secrets;
using Kops.StateStore.SshKeys;

namespace Kops.StateStore.Clusters;

/// <summary>A cluster as it was read: its object and its instance groups, each with its version.</summary>
/// <param name="Layout">Where its files stand.</param>
/// <param name="Cluster">The Cluster object.</param>
/// <param name="InstanceGroups">Its instance groups in name order.</param>
/// <param name="Unreadable">Instance groups that could not be read.</param>
public sealed record ClusterState(
    ClusterLayout Layout,
    StoredObject<Cluster> Cluster,
    IReadOnlyList<StoredObject<InstanceGroup>> InstanceGroups,
    IReadOnlyList<UnreadableObject> Unreadable
)
{
    /// <summary>The cluster's name.</summary>
    public string Name => Layout.Cluster;

    /// <summary>The keysets. Nothing is read yet.</summary>
    public KeysetReader Keysets => new(Layout);

    /// <summary>The secrets. Nothing is read yet.</summary>
    public SecretReader Secrets => new(Layout);

    /// <summary>The SSH public keys. Nothing is read yet.</summary>
    public SshKeyReader SshKeys => new(Layout);

    /// <summary>The additional objects, as raw YAML documents; absent or empty when there are none.</summary>
    public ValueTask<StoredFile> ReadAdditionalObjectsAsync(CancellationToken cancellationToken = default) =>
        StoredFile.ReadAsync(Layout.AdditionalObjects, cancellationToken);

    /// <summary>The instance group of that name; null when there is none.</summary>
    public StoredObject<InstanceGroup>? FindInstanceGroup(string name) => InstanceGroups.FirstOrDefault(group => group.Name == name);
}
