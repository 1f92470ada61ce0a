using Kops.Build.Input;
using Kops.Build.Trees;
using static Kops.Build.Addons.ClusterAddons;

namespace Kops.Build.Addons;

/// <summary>What a cluster runs to work with its cloud: controllers, and drivers for disks.</summary>
internal static class CloudAddons
{
    private const string GceController = "gcp-cloud-controller";

    public static IEnumerable<Addon> Of(BuildContext context)
    {
        var managesClasses = context.Spec.CloudConfig?.ManageStorageClasses != false;
        return context.Cloud.Name switch
        {
            "digitalocean" => [Named("digitalocean-cloud-controller", "k8s-1.8"), Named("digitalocean-csi-driver", "k8s-1.22")],
            "hetzner" =>
            [
                Named("hcloud-config", "k8s-1.22"),
                Named("hcloud-cloud-controller", "k8s-1.22"),
                Named("hcloud-csi-driver", "k8s-1.22"),
            ],
            "azure" =>
            [
                Named("azure-cloud-config", "k8s-1.31"),
                Named("azure-cloud-controller", "k8s-1.31"),
                Named("azuredisk-csi-driver", "k8s-1.31") with
                {
                    Prunes = true,
                },
            ],
            "gce" => Gce(context, managesClasses),
            "scaleway" => [Named("scaleway-cloud-controller", "k8s-1.24"), Named("scaleway-csi-driver", "k8s-1.24")],
            _ => [],
        };
    }

    /// <summary>Those that kOps adds after the network's.</summary>
    public static IEnumerable<Addon> Last(BuildContext context)
    {
        var spec = context.Spec;
        if (context.Cloud.Name == "openstack")
        {
            yield return Named("storage-openstack", "k8s-1.16") with
            {
                Prunes = true,
            };
            yield return Named("openstack", "k8s-1.13-ccm") with
            {
                File = "k8s-1.13",
            };
        }

        if (context.Cloud.Name != "aws")
            yield break;
        yield return Named("aws-cloud-controller", "k8s-1.18");
        if (spec.CloudConfig?.AwsEBSCSIDriver?.Managed != false)
            yield return Named("aws-ebs-csi-driver", "k8s-1.17");
    }

    private static IEnumerable<Addon> Gce(BuildContext context, bool managesClasses)
    {
        if (managesClasses)
            yield return Named("storage-gce", "v1.7.0");
        if (context.Spec.CloudConfig?.GcpPDCSIDriver?.Enabled == true)
            yield return Named("gcp-pd-csi-driver", "k8s-1.23");
        if (
            !context.Request.Objects.Any(value => Tree.TextAt(value, "metadata", "labels", "k8s-addon") == $"{GceController}.addons.k8s.io")
        )
            yield return Named(GceController, "k8s-1.23") with
            {
                Prunes = true,
            };
    }
}
