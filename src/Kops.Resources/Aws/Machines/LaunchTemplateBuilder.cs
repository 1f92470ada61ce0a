using Kops.Model.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Firewall;
using Kops.Resources.Aws.Identity;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>What the machines of each instance group are made from.</summary>
internal static class LaunchTemplateBuilder
{
    // What comes into being with a machine, and gets its tags.
    private static readonly string[] Tagged = ["instance", "volume", "network-interface"];

    public static IEnumerable<Resource> Build(AwsCluster cluster) => cluster.CloudGroups.Select(group => Build(cluster, group));

    /// <summary>The security groups that the machines are in.</summary>
    public static IEnumerable<Value> SecurityGroupsOf(AwsCluster cluster, AwsGroup group) =>
        [
            SecurityGroups.Of(cluster, group).Ref(),
            .. (group.RunsApi ? cluster.ApiBalancer?.AdditionalSecurityGroups : null)
                .OrNone()
                .Concat(group.Spec.AdditionalSecurityGroups)
                .Select(id => new TextValue(id)),
        ];

    private static Resource Build(AwsCluster cluster, AwsGroup group)
    {
        var spec = group.Spec;
        var image = Image(cluster, group);
        var disks =
            group.MachineType is { } type && cluster.Request.Facts.Machines.TryGetValue(type, out var machine) ? machine.OwnDisks : 0;
        var tags = MapValue.Of(group.Tags());
        return new(
            AwsKinds.LaunchTemplate,
            group.FullName,
            new()
            {
                ["block_device_mappings"] = Value.List(BlockDevices.Of(group, image, disks)),
                ["credit_specification"] = spec.CpuCredits is { Length: > 0 } credits ? new Block { ["cpu_credits"] = credits } : null,
                ["ebs_optimized"] = spec.RootVolumeOptimization,
                ["iam_instance_profile"] = new Block { ["name"] = InstanceProfiles.Ref(cluster, group) },
                ["image_id"] = image.Id,
                ["instance_market_options"] = Spot(group),
                ["instance_type"] = group.MachineType,
                ["key_name"] = SshKeyBuilder.Ref(cluster),
                ["lifecycle"] = new Block { ["create_before_destroy"] = true },
                ["metadata_options"] = new Block
                {
                    ["http_endpoint"] = "enabled",
                    ["http_protocol_ipv6"] = group.HasIPv6 ? "enabled" : "disabled",
                    ["http_put_response_hop_limit"] = spec.InstanceMetadata?.HttpPutResponseHopLimit ?? 1,
                    ["http_tokens"] = spec.InstanceMetadata?.HttpTokens ?? "required",
                },
                ["monitoring"] = new Block { ["enabled"] = spec.DetailedInstanceMonitoring ?? false },
                ["name"] = group.FullName,
                ["network_interfaces"] = new Block
                {
                    ["associate_public_ip_address"] = group.Subnets[0].Type is "Public" or "Utility" && (spec.AssociatePublicIp ?? true),
                    ["delete_on_termination"] = true,
                    ["ipv6_address_count"] = group.HasIPv6 ? 1 : 0,
                    ["security_groups"] = Value.List(SecurityGroupsOf(cluster, group)),
                },
                ["placement"] = spec.Tenancy is { Length: > 0 } tenancy ? new Block { ["tenancy"] = tenancy } : null,
                ["tag_specifications"] = Value.List(Tagged.Select(what => new Block { ["resource_type"] = what, ["tags"] = tags })),
                ["tags"] = tags,
                ["user_data"] = UserData.Of(group, cluster.Request.BootScripts.GetValueOrDefault(group.Name)) is { } text
                    ? new DataFile("user_data", text, FileEncoding.Base64)
                    : null,
            }
        );
    }

    private static ImageFact Image(AwsCluster cluster, AwsGroup group)
    {
        var name = group.Spec.Image ?? string.Empty;
        return cluster.Request.Facts.Images.TryGetValue(name, out var image)
            ? image
            : throw new FormatException(
                $"instance group {group.Name}: the image '{name}' is not known; describe it under aws.images in the file that "
                    + "KOPS_CLOUD_FACTS names"
            );
    }

    // Of a mixed group, the group itself says what a spot machine may cost.
    private static Block? Spot(AwsGroup group) =>
        group.Spec is { MixedInstancesPolicy: null, MaxPrice: { Length: > 0 } price } spec
            ? new Block
            {
                ["market_type"] = "spot",
                ["spot_options"] = new Block
                {
                    ["block_duration_minutes"] = spec.SpotDurationInMinutes,
                    ["instance_interruption_behavior"] = spec.InstanceInterruptionBehavior,
                    ["max_price"] = price,
                },
            }
            : null;
}
