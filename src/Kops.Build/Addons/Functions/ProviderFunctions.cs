using System.Text;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Templates.Faults;
using Kops.Templates.Functions;

namespace Kops.Build.Addons.Functions;

/// <summary>How controllers and drivers reach clouds that are not AWS. Tokens are the environment's: kOps has no other way.</summary>
internal static class ProviderFunctions
{
    public static void AddTo(FunctionTable table, BuildContext context)
    {
        string Variable(string name) => context.Request.Variables[name] ?? string.Empty;
        table
            .Add("CloudControllerConfigArgv", () => AddonFunctions.Texts(CloudControllerFlags.Of(context)))
            .Add("AzureCloudConfig", () => Convert.ToBase64String(Encoding.UTF8.GetBytes(OrderedJson.Write(Azure(context)))))
            .Add("DO_TOKEN", () => Variable("DIGITALOCEAN_ACCESS_TOKEN"))
            .Add("HCLOUD_TOKEN", () => Variable("HCLOUD_TOKEN"))
            .Add("HCLOUD_NETWORK", () => context.Spec.NetworkID is { Length: > 0 } id ? id : context.Name)
            .Add("HCLOUD_SSH_KEY", () => string.Empty)
            .Add("HCLOUD_CLUSTER_CONFIG", () => HetznerNodes.Config(context))
            .Add("HCLOUD_CLUSTER_CONFIG_CHECKSUM", () => HetznerNodes.Checksum(context))
            .Add("SCW_ACCESS_KEY", () => Variable("SCW_ACCESS_KEY"))
            .Add("SCW_SECRET_KEY", () => Variable("SCW_SECRET_KEY"))
            .Add("SCW_DEFAULT_PROJECT_ID", () => Variable("SCW_DEFAULT_PROJECT_ID"))
            .Add("SCW_DEFAULT_REGION", () => context.Region ?? string.Empty)
            .Add("SCW_DEFAULT_ZONE", () => context.Spec.Subnets.Select(subnet => subnet.Zone).FirstOrDefault() ?? string.Empty)
            .Add("OpenStackCCMTag", () => $"v{context.Kubernetes.Major}.{context.Kubernetes.Minor}.0")
            .Add("OpenStackCSITag", () => $"v{context.Kubernetes.Major}.{context.Kubernetes.Minor}.0")
            .Add("OPENSTACK_CONF", () => throw new FunctionException("the configuration of OpenStack's controller is not known here"));
    }

    private static MappingNode Azure(BuildContext context)
    {
        var cloud = context.CloudSpec;
        var group = Tree.TextAt(cloud, "resourceGroupName") is { Length: > 0 } named ? named : context.Name;
        return Tree.Map(
            ("tenantId", Tree.Text(Tree.TextAt(cloud, "tenantID") ?? string.Empty)),
            ("subscriptionId", Tree.Text(Tree.TextAt(cloud, "subscriptionID") ?? string.Empty)),
            ("useManagedIdentityExtension", Tree.True),
            ("resourceGroup", Tree.Text(group)),
            ("location", Tree.Text(context.Region ?? string.Empty)),
            ("vnetName", Tree.Text(context.Spec.NetworkID is { Length: > 0 } network ? network : context.Name)),
            ("subnetName", Tree.Text(context.Spec.Subnets.Select(subnet => subnet.Name).FirstOrDefault() ?? string.Empty)),
            ("routeTableName", Tree.Text(Tree.TextAt(cloud, "routeTableName") is { Length: > 0 } table ? table : context.Name)),
            ("securityGroupName", Tree.Text(context.Name)),
            ("useInstanceMetadata", Tree.True),
            ("disableAvailabilitySetNodes", Tree.True)
        );
    }
}
