using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>The machines of each instance group, and what those of the control plane may do.</summary>
internal static class ScaleSetBuilder
{
    private const string DefaultUser = "kops";
    private const string DefaultDiskType = "StandardSSD_LRS";

    // Roles that Azure knows by these ids in every subscription.
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string BlobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

    public static IEnumerable<Resource> Build(AzureCluster cluster)
    {
        foreach (var group in cluster.Groups)
        {
            var role = NodeRoles.Of(group.Spec.Role);
            if (role == MachineRole.Bastion)
                throw new NotSupportedException(
                    $"instance group {group.Metadata.Name}: bastions on Azure are not known here; reach machines by a network of your own"
                );
            var machines = ScaleSet(cluster, group, role);
            yield return machines;
            if (role != MachineRole.ControlPlane)
                continue;
            yield return Right(machines, "blob", cluster.StorageAccount, BlobContributor);
            yield return Right(machines, "contributor", cluster.ResourceGroupPath, Contributor);
        }
    }

    private static Resource ScaleSet(AzureCluster cluster, InstanceGroup group, MachineRole role)
    {
        var shortName = group.Metadata.Name ?? throw new FormatException("an instance group has no name");
        var name = role switch
        {
            MachineRole.ControlPlane => $"{shortName}.masters.{cluster.Name}",
            MachineRole.ApiServer => $"{shortName}.apiservers.{cluster.Name}",
            _ => $"{shortName}.{cluster.Name}",
        };
        var user = cluster.Settings.AdminUser is { Length: > 0 } given ? given : DefaultUser;
        return cluster.Tagged(
            AzureKinds.ScaleSet,
            name,
            new()
            {
                ["admin_ssh_key"] = Value.List(
                    cluster.Request.SshKeys.Take(1).Select(key => new Block { ["public_key"] = key.Trim(), ["username"] = user })
                ),
                ["admin_username"] = user,
                ["computer_name_prefix"] = shortName,
                ["disable_password_authentication"] = true,
                ["identity"] = new Block { ["type"] = "SystemAssigned" },
                ["instances"] = group.Spec.MinSize,
                ["network_interface"] = new Block
                {
                    ["ip_configuration"] = Address(cluster, group, role, name),
                    ["ip_forwarding_enabled"] = true,
                    ["name"] = name,
                    ["primary"] = true,
                },
                ["os_disk"] = new Block
                {
                    ["caching"] = "ReadWrite",
                    ["disk_size_gb"] = group.Spec.RootVolumeSize is > 0 and var size ? size : DefaultSize(role),
                    ["storage_account_type"] = group.Spec.RootVolumeType is { Length: > 0 } type ? type : DefaultDiskType,
                },
                ["sku"] = group.Spec.MachineType,
                ["source_image_id"] = Image(group) is [var id] ? id : null,
                ["source_image_reference"] = Image(group) is [var publisher, var offer, var sku, var version]
                    ? new Block
                    {
                        ["offer"] = offer,
                        ["publisher"] = publisher,
                        ["sku"] = sku,
                        ["version"] = version,
                    }
                    : null,
                ["upgrade_mode"] = "Manual",
                ["user_data"] = cluster.Request.BootScripts.TryGetValue(shortName, out var script)
                    ? new DataFile("user_data", script, FileEncoding.Base64)
                    : null,
                ["zones"] = Value.List(group.Spec.Zones.Select(AzureCluster.Zone)),
            },
            Tags(group, role, shortName)
        );
    }

    private static Block Address(AzureCluster cluster, InstanceGroup group, MachineRole role, string name) =>
        new()
        {
            ["application_security_group_ids"] = Value.List(cluster.Machines(role)),
            ["load_balancer_backend_address_pool_ids"] = AzureCluster.RunsApi(role) ? BalancerBuilder.Pool(cluster) : null,
            ["name"] = name,
            ["primary"] = true,
            ["public_ip_address"] = HasPublicAddress(cluster, group) ? new Block { ["name"] = name, ["version"] = "IPv4" } : null,
            ["subnet_id"] = cluster.Subnet(SubnetName(group)),
        };

    private static bool HasPublicAddress(AzureCluster cluster, InstanceGroup group) =>
        cluster.Spec.Subnets.First(subnet => subnet.Name == SubnetName(group)).Type is "Public" or "Utility"
        && group.Spec.AssociatePublicIp != false;

    private static string SubnetName(InstanceGroup group) =>
        group.Spec.Subnets.FirstOrDefault() ?? throw new FormatException($"instance group {group.Metadata.Name}: it names no subnet");

    // Publisher, offer, SKU and version, or the id of an image of one's own.
    private static string[] Image(InstanceGroup group) =>
        group.Spec.Image switch
        {
            { } id when id.StartsWith('/') => [id],
            { } image when image.Split(':') is { Length: 4 } parts => parts,
            _ => throw new FormatException(
                $"instance group {group.Metadata.Name}: the image '{group.Spec.Image}' is neither publisher:offer:sku:version nor an id"
            ),
        };

    private static long DefaultSize(MachineRole role) => role == MachineRole.ControlPlane ? 64 : 128;

    private static Dictionary<string, string> Tags(InstanceGroup group, MachineRole role, string name)
    {
        const string Autoscaler = "k8s.io_cluster_node-template_";
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in group.Spec.CloudLabels)
            tags[key] = value;
        foreach (var (key, value) in group.Spec.NodeLabels)
            tags[$"{Autoscaler}label_{key}"] = value;
        foreach (var taint in group.Spec.Taints.Select(taint => taint.Split('=', 2)).Where(taint => taint.Length == 2))
            tags[$"{Autoscaler}taint_{taint[0]}"] = taint[1];
        foreach (var tag in RoleTags(role))
            tags[tag] = "1";
        tags["kops.k8s.io/instancegroup"] = name;
        return tags;
    }

    /// <summary>What tells the role of a machine, or of a disk of its.</summary>
    public static IEnumerable<string> RoleTags(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => ["k8s.io/role/control-plane", "k8s.io/role/master"],
            MachineRole.ApiServer => ["k8s.io/role/api-server"],
            _ => ["k8s.io/role/node"],
        };

    private static Resource Right(Resource machines, string name, string scope, string role) =>
        new(
            AzureKinds.RoleAssignment,
            $"{machines.Name}-{name}",
            new()
            {
                ["principal_id"] = machines.Ref("identity[0].principal_id"),
                ["role_definition_id"] = $"{scope}/providers/Microsoft.Authorization/roleDefinitions/{role}",
                ["scope"] = scope,
                ["skip_service_principal_aad_check"] = true,
            }
        );
}
