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
            FileRole.NodeConfig => Group(file.Name, layout.NodeConfig),
            FileRole.NodeScript => Group(file.Name, layout.NodeScript),
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

    // By the directory of its role, and its name.
    private static VfsPath Group(string name, Func<string, string, VfsPath> place)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return place(name[..slash], name[(slash + 1)..]);
    }
}
