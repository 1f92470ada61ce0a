using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>Settings of the cloud's own drivers.</summary>
internal static class CloudDefaults
{
    // A network tag of Google Cloud has 63 characters.
    private const int LongestTag = 63;
    private const string NodeRole = "-k8s-io-role-node";

    public static void Apply(CompletionContext context)
    {
        var config = context.Spec.EnsureCloudConfig();
        // On OpenStack, the older field says the same.
        config.ManageStorageClasses ??= config.Openstack?.BlockStorage?.CreateStorageClass ?? true;
        switch (context.Cloud.Name)
        {
            case "aws":
                config.EnsureAwsEBSCSIDriver().Version ??= ComponentVersions.EbsDriver;
                if (context.IsIPv6Only && config.NodeIPFamilies.Count == 0)
                    config.NodeIPFamilies.Set(["ipv6", "ipv4"]);
                break;
            case "gce":
                config.Multizone = true;
                config.NodeTags = ShortNames.Shorten(context.DashedName, LongestTag - NodeRole.Length) + NodeRole;
                var disks = config.EnsureGcpPDCSIDriver();
                disks.Enabled ??= true;
                disks.DefaultStorageClassName ??= "balanced-csi";
                disks.Version ??= ComponentVersions.GceDiskDriver;
                break;
            case "openstack":
                var openstack = config.EnsureOpenstack();
                openstack.EnsureBlockStorage().CreateStorageClass ??= true;
                openstack.EnsureMetadata().ConfigDrive ??= false;
                break;
        }
    }
}
