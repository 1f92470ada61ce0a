using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Values;
using Kops.Resources.Aws.Balancers;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>The groups that keep as many machines running as each instance group wants.</summary>
internal static class AutoscalingGroupBuilder
{
    private const long Second = 1_000_000_000;

    // In seconds, within which nodeup has to be done.
    private const long WarmPoolPatience = 600;

    private static readonly string[] Metrics =
    [
        "GroupDesiredCapacity",
        "GroupInServiceInstances",
        "GroupMaxSize",
        "GroupMinSize",
        "GroupPendingInstances",
        "GroupStandbyInstances",
        "GroupTerminatingInstances",
        "GroupTotalInstances",
    ];

    private static readonly string[] WarmPoolMetrics =
    [
        "GroupAndWarmPoolDesiredCapacity",
        "GroupAndWarmPoolTotalCapacity",
        "WarmPoolDesiredCapacity",
        "WarmPoolMinSize",
        "WarmPoolPendingCapacity",
        "WarmPoolTerminatingCapacity",
        "WarmPoolTotalCapacity",
        "WarmPoolWarmedCapacity",
    ];

    public static IEnumerable<Resource> Build(AwsCluster cluster) => cluster.CloudGroups.SelectMany(group => Build(cluster, group));

    private static IEnumerable<Resource> Build(AwsCluster cluster, AwsGroup group)
    {
        var spec = group.Spec;
        yield return new(
            AwsKinds.AutoscalingGroup,
            group.FullName,
            new()
            {
                ["capacity_rebalance"] = spec.CapacityRebalance,
                ["enabled_metrics"] = Value.List(
                    group.WarmPool is null ? Metrics : Metrics.Concat(WarmPoolMetrics).Order(StringComparer.Ordinal)
                ),
                ["launch_template"] = spec.MixedInstancesPolicy is null ? Template(group, "id") : null,
                ["load_balancers"] = Value.List(
                    spec.ExternalLoadBalancers.Select(balancer => balancer.LoadBalancerName).OfType<string>().Order(StringComparer.Ordinal)
                ),
                ["max_instance_lifetime"] = Seconds(spec.MaxInstanceLifetime),
                ["max_size"] = spec.MaxSize,
                ["metrics_granularity"] = "1Minute",
                ["min_size"] = spec.MinSize,
                ["mixed_instances_policy"] = spec.MixedInstancesPolicy is { } policy ? Mixed(group, policy) : null,
                ["name"] = group.FullName,
                ["protect_from_scale_in"] = spec.InstanceProtection ?? false,
                ["suspended_processes"] = Value.List(spec.SuspendProcesses),
                ["tag"] = Value.List(
                    group
                        .Tags()
                        .Select(tag => new Block
                        {
                            ["key"] = tag.Key,
                            ["propagate_at_launch"] = true,
                            ["value"] = tag.Value,
                        })
                ),
                ["target_group_arns"] = Value.List(Targets(cluster, group)),
                ["vpc_zone_identifier"] = Value.List(group.Subnets.Select(subnet => cluster.Subnet(subnet.Name!))),
                ["warm_pool"] = group.WarmPool is { } pool
                    ? new Block { ["max_group_prepared_capacity"] = pool.MaxSize, ["min_size"] = pool.MinSize ?? 0 }
                    : null,
            }
        );
        if (group.WarmPool is { EnableLifecycleHook: true } warm)
        {
            var name = $"kops-warmpool-{group.Name}";
            var patience = warm.LifecycleHookTimeout is > 0 and var given ? given : WarmPoolPatience;
            yield return LifecycleHook(group, name, "kops-warmpool", "EC2_INSTANCE_LAUNCHING", "ABANDON", patience);
        }

        if (cluster.HasTerminationQueue)
        {
            var name = $"{group.Name}-NTHLifecycleHook";
            yield return LifecycleHook(group, name, name, "EC2_INSTANCE_TERMINATING", "CONTINUE", 300);
        }
    }

    private static Block Template(AwsGroup group, string id) =>
        new()
        {
            [id] = AwsKinds.LaunchTemplate.Of(group.FullName),
            ["version"] = AwsKinds.LaunchTemplate.Of(group.FullName, "latest_version"),
        };

    private static Resource LifecycleHook(AwsGroup group, string name, string called, string when, string otherwise, long seconds) =>
        new(
            AwsKinds.LifecycleHook,
            name,
            new()
            {
                ["autoscaling_group_name"] = AwsKinds.AutoscalingGroup.Of(group.FullName),
                ["default_result"] = otherwise,
                ["heartbeat_timeout"] = seconds,
                ["lifecycle_transition"] = $"autoscaling:{when}",
                ["name"] = called,
            }
        );

    // By name, be they ours or the user's.
    private static IEnumerable<Value> Targets(AwsCluster cluster, AwsGroup group)
    {
        var own = ApiBalancerBuilder.Targets(cluster, group).Concat(group.Role == MachineRole.Bastion ? [BastionBuilder.Target] : []);
        return own.Select(target => (Name: cluster.BalancerName(target), Value: (Value)cluster.TargetGroup(target)))
            .Concat(
                group
                    .Spec.ExternalLoadBalancers.Select(balancer => balancer.TargetGroupArn)
                    .OfType<string>()
                    .Select(arn => (Name: arn.Split('/') is [_, var name, ..] ? name : arn, Value: (Value)new TextValue(arn)))
            )
            .OrderBy(target => target.Name, StringComparer.Ordinal)
            .Select(target => target.Value);
    }

    private static Block Mixed(AwsGroup group, MixedInstancesPolicySpec policy)
    {
        var overrides = policy.Instances.Select(type => new Block { ["instance_type"] = type });
        if (policy.InstanceRequirements is { } requirements)
            overrides = overrides.Append(new Block { ["instance_requirements"] = Requirements(requirements) });
        return new()
        {
            ["instances_distribution"] = new Block
            {
                ["on_demand_allocation_strategy"] = policy.OnDemandAllocationStrategy,
                ["on_demand_base_capacity"] = policy.OnDemandBase,
                ["on_demand_percentage_above_base_capacity"] = policy.OnDemandAboveBase,
                ["spot_allocation_strategy"] = policy.SpotAllocationStrategy,
                ["spot_instance_pools"] = policy.SpotInstancePools,
                ["spot_max_price"] = group.Spec.MaxPrice ?? string.Empty,
            },
            ["launch_template"] = new Block
            {
                ["launch_template_specification"] = Template(group, "launch_template_id"),
                ["override"] = Value.List(overrides),
            },
        };
    }

    private static Block Requirements(InstanceRequirementsSpec requirements) =>
        new()
        {
            ["excluded_instance_types"] = Value.List(requirements.ExcludedInstanceTypes),
            ["memory_mib"] = Range(requirements.Memory, 1_000_000),
            ["vcpu_count"] = Range(requirements.Cpu, 1),
        };

    private static Block Range(MinMaxSpec? range, long unit) =>
        new() { ["max"] = Units(range?.Max, unit), ["min"] = range is null ? 0 : Units(range.Min, unit) };

    // kOps counts memory in millions of bytes, rounded up.
    private static long? Units(string? quantity, long unit) => quantity is null ? null : (long)Math.Ceiling(Amounts.Read(quantity) / unit);

    private static long Seconds(string? duration) =>
        duration is null ? 0
        : GoDuration.TryParse(duration, out var nanoseconds) ? nanoseconds / Second
        : throw new FormatException($"maxInstanceLifetime: '{duration}' is not a length of time; write 48h");
}
