using Kops.Build;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.Operations.Updates;

/// <summary>Where the files of a cluster lie, by what they are for.</summary>
internal static class FilePlaces
{
    public static VfsPath Of(ClusterLayout layout, WantedFile file) =>
        file.Role switch
        {
            FileRole.CompletedSpec => layout.CompletedSpec,
            FileRole.KopsVersion => layout.KopsVersion,
            FileRole.NodeConfig => NodeConfig(layout, file.Name),
            FileRole.EtcdManifest => layout.EtcdManifests.Join(file.Name + ".yaml"),
            FileRole.EtcdTarget => layout.EtcdClusterSpec(file.Name),
            FileRole.StaticManifest => layout.Manifests.Join("static", file.Name + ".yaml"),
            FileRole.ChannelsManifest => layout.ChannelsManifest,
            FileRole.BootstrapChannel => layout.BootstrapChannel,
            FileRole.AddonManifest => layout.AddonManifest(file.Name),
            FileRole.IssuerConfiguration when layout.IssuerConfiguration is { } path => path,
            FileRole.IssuerKeys when layout.IssuerKeys is { } path => path,
            _ => throw new ArgumentOutOfRangeException(nameof(file), file.Role, "the layout has no place for it"),
        };

    private static VfsPath NodeConfig(ClusterLayout layout, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return layout.NodeConfig(name[..slash], name[(slash + 1)..]);
    }
}
