using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Completion.Context;
using Kops.Resources.Gce.Balancers;
using Kops.Resources.Gce.Core;
using Kops.Resources.Gce.Identity;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Machines;

/// <summary>What machines are made from, and the managed groups that keep as many running as each instance group wants.</summary>
internal static class GroupBuilder
{
    private const int LongestPrefix = 32;
    private const string Scope = "https://www.googleapis.com/auth/";

    public static IEnumerable<Resource> Build(GceCluster cluster) =>
        cluster.Groups.SelectMany(group => Managers(cluster, group).Prepend(Template(cluster, group)));

    private static IEnumerable<Resource> Managers(GceCluster cluster, GceGroup group) =>
        from manager in @group.Managers
        select new Resource(
            GceKinds.GroupManager,
            manager.Name,
            new()
            {
                ["base_instance_name"] = @group.Name,
                // The autoscaler changes it.
                ["lifecycle"] = new Block { ["ignore_changes"] = Value.List(new Expression("target_size")) },
                ["list_managed_instances_results"] = "PAGINATED",
                ["name"] = manager.Name,
                ["target_pools"] = BalancerBuilder.Pool(cluster, @group),
                ["target_size"] = manager.Size,
                ["update_policy"] = new Block { ["minimal_action"] = "REPLACE", ["type"] = "OPPORTUNISTIC" },
                ["version"] = new Block { ["instance_template"] = GceKinds.Template.Of(@group.TemplateName, "self_link") },
                ["zone"] = manager.Zone,
            }
        );

    private static Resource Template(GceCluster cluster, GceGroup group)
    {
        var spec = group.Spec;
        var isSpot = spec.GcpProvisioningModel == "SPOT";
        return new(
            GceKinds.Template,
            group.TemplateName,
            new()
            {
                ["can_ip_forward"] = !cluster.UsesAliases,
                ["disk"] = Disk(group),
                ["guest_accelerator"] = Value.List(
                    spec.GuestAccelerators.Select(gpu => new Block { ["count"] = gpu.AcceleratorCount, ["type"] = gpu.AcceleratorType })
                ),
                ["labels"] = Labels(cluster, group),
                ["lifecycle"] = new Block { ["create_before_destroy"] = true },
                ["machine_type"] = spec.MachineType,
                ["metadata"] = Metadata(cluster, group),
                ["name_prefix"] = ShortNames.Shorten(group.TemplateName, LongestPrefix) + "-",
                ["network_interface"] = Interface(cluster, group),
                ["scheduling"] = new Block
                {
                    ["automatic_restart"] = !isSpot,
                    ["on_host_maintenance"] = isSpot || spec.GuestAccelerators.Count > 0 ? "TERMINATE" : "MIGRATE",
                    ["preemptible"] = isSpot,
                    ["provisioning_model"] = isSpot ? "SPOT" : "STANDARD",
                },
                ["service_account"] = new Block
                {
                    ["email"] = ServiceAccountBuilder.Email(cluster, group),
                    ["scopes"] = Value.List(Scopes(group).Select(scope => Scope + scope)),
                },
                ["tags"] = Value.List(group.RoleNames.Select(cluster.NetworkTag)),
            }
        );
    }

    private static Block Disk(GceGroup group) =>
        new()
        {
            ["auto_delete"] = true,
            ["boot"] = true,
            ["device_name"] = "persistent-disks-0",
            ["disk_name"] = string.Empty,
            ["disk_size_gb"] = group.Spec.RootVolumeSize is > 0 and var size ? size : DefaultSize(group.Role),
            ["disk_type"] = group.Spec.RootVolumeType is { Length: > 0 } type ? type : "pd-standard",
            ["interface"] = string.Empty,
            ["mode"] = "READ_WRITE",
            ["provisioned_iops"] = group.Spec.RootVolumeIops ?? 0,
            ["provisioned_throughput"] = group.Spec.RootVolumeThroughput ?? 0,
            ["source"] = string.Empty,
            ["source_image"] = Image(group.Spec.Image ?? string.Empty),
            ["type"] = "PERSISTENT",
        };

    private static long DefaultSize(MachineRole role) =>
        role switch
        {
            MachineRole.Bastion => 32,
            MachineRole.ControlPlane => 64,
            _ => 128,
        };

    private static string Image(string image) =>
        image.Split('/') is [var project, var name]
            ? $"https://www.googleapis.com/compute/v1/projects/{project}/global/images/{name}"
            : image;

    private static MapValue Labels(GceCluster cluster, GceGroup group)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in cluster.Spec.CloudLabels.Concat(group.Spec.CloudLabels))
            labels[key] = value;
        foreach (var role in group.RoleNames)
            labels["k8s-io-role-" + role] = role;
        labels["k8s-io-instance-group"] = group.Name;
        return cluster.Labels(labels);
    }

    private static MapValue Metadata(GceCluster cluster, GceGroup group)
    {
        var metadata = new SortedDictionary<string, Value>(StringComparer.Ordinal)
        {
            ["cluster-name"] = new TextValue(cluster.Name),
            ["kops-k8s-io-instance-group-name"] = new TextValue(group.Name),
        };
        if (group.Role == MachineRole.Node)
            metadata["kube-env"] = new TextValue("AUTOSCALER_ENV_VARS: " + AutoscalerVariables(group.Spec));
        var user = (group.Spec.Image ?? string.Empty).StartsWith("ubuntu", StringComparison.Ordinal) ? "ubuntu" : "admin";
        if (cluster.Request.SshKeys.Count > 0)
            metadata["ssh-keys"] = new TextValue(string.Join('\n', cluster.Request.SshKeys.Select(key => $"{user}: {key.Trim()}")));
        if (cluster.Request.BootScripts.TryGetValue(group.Name, out var script))
        {
            var key = cluster.Spec.CloudConfig?.GceUseStartupScript == true ? "startup-script" : "user-data";
            metadata[key] = new DataFile($"metadata_{key}", script);
        }

        return new(metadata);
    }

    // By these the autoscaler knows what a machine would be like, if there were one.
    private static string AutoscalerVariables(InstanceGroupSpec spec)
    {
        var system = (spec.Image ?? string.Empty).StartsWith("cos-cloud/", StringComparison.Ordinal) ? "cos" : "ubuntu";
        var variables = new List<string> { $"os_distribution={system}", "arch=amd64", "os=linux" };
        if (spec.Taints.Count > 0)
            variables.Add($"node_taints={string.Join(',', spec.Taints)}");
        if (spec.NodeLabels.Count > 0)
        {
            var labels = spec.NodeLabels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}");
            variables.Add($"node_labels={string.Join(',', labels)}");
        }

        return string.Join(';', variables);
    }

    private static Block Interface(GceCluster cluster, GceGroup group)
    {
        var isPublic = group.Subnet.Type is "Public" or "Utility" && (group.Spec.AssociatePublicIp ?? true);
        return new()
        {
            ["access_config"] = isPublic ? new Block() : null,
            ["alias_ip_range"] = cluster.UsesAliases
                ? new Block { ["ip_cidr_range"] = "/24", ["subnetwork_range_name"] = cluster.Named("pods") }
                : null,
            ["network"] = cluster.Network(),
            ["stack_type"] = "IPV4_ONLY",
            ["subnetwork"] = cluster.Subnetwork(group.Subnet),
        };
    }

    private static IEnumerable<string> Scopes(GceGroup group) =>
        [
            "compute",
            "monitoring",
            "logging.write",
            "cloud-platform",
            // Backups of etcd are written, all else is read.
            group.Role == MachineRole.ControlPlane
                ? "devstorage.read_write"
                : "devstorage.read_only",
            .. group.RunsApi ? ["ndev.clouddns.readwrite"] : Array.Empty<string>(),
        ];
}
