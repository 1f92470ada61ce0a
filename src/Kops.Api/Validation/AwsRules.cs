namespace Kops.Api.Validation;

/// <summary>What AWS calls things, and what its instance groups may ask for.</summary>
internal static class AwsRules
{
    /// <summary>Whether a text is an ARN whose resource begins like this.</summary>
    public static bool IsArn(string? text, string resource) =>
        text?.Split(':', 6) is ["arn", _, { Length: > 0 }, _, _, { Length: > 0 } last]
        && last.StartsWith(resource, StringComparison.Ordinal);

    public static void SecurityGroups(Field groups)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in groups.Items)
        {
            group.FailIf(
                group.Text?.StartsWith("sg-", StringComparison.Ordinal) != true,
                $"'{group.Text}' is not a security group, such as sg-0123456789abcdef0"
            );
            group.FailIf(!seen.Add(group.Text ?? string.Empty), $"'{group.Text}' stands twice in the list");
        }
    }

    public static void WarmPool(Field pool)
    {
        pool["minSize"].FailIf(pool["minSize"].Number < 0, "cannot be negative");
        pool["maxSize"].FailIf(pool["maxSize"].Number < 0, "cannot be negative");
        pool["maxSize"]
            .FailIf(
                pool["maxSize"].Number >= 0 && pool["maxSize"].Number < pool["minSize"].Number,
                $"cannot be less than minSize, {pool["minSize"].Number}"
            );
    }

    public static void Group(GroupContext group)
    {
        if (group.Cluster?.IsAws == false)
            return;
        var spec = group.Spec;
        SecurityGroups(spec["additionalSecurityGroups"]);
        spec["spotDurationInMinutes"].OneOf("60", "120", "180", "240", "300", "360");
        spec["instanceInterruptionBehavior"].OneOf("hibernate", "stop", "terminate");
        spec["tenancy"].OneOf("default", "dedicated", "host");
        spec["cpuCredits"].OneOf("standard", "unlimited");
        spec["rootVolumeType"].OneOf("standard", "gp3", "gp2", "io1", "io2");
        spec["instanceMetadata"]["httpTokens"].OneOf("optional", "required");
        var hops = spec["instanceMetadata"]["httpPutResponseHopLimit"];
        hops.FailIf(hops.Number is < 1 or > 64, "must be between 1 and 64");
        var lifetime = spec["maxInstanceLifetime"];
        lifetime.FailIf(
            lifetime.Duration is { } span and not 0 && span < 24L * 3600 * 1_000_000_000,
            "must be at least 24h, or 0 for no limit"
        );
        var profile = spec["iam"]["profile"];
        profile.FailIf(
            profile.IsSet && !IsArn(profile.Text, "instance-profile/"),
            $"'{profile.Text}' is not the ARN of an instance profile, such as arn:aws:iam::123456789012:instance-profile/example"
        );
        Mixed(spec["mixedInstancesPolicy"], spec["maxSize"]);
        foreach (var balancer in spec["externalLoadBalancers"].Items)
            LoadBalancer(balancer);
        GroupWarmPool(group);
    }

    private static void Mixed(Field policy, Field maxSize)
    {
        var (onDemand, above) = (policy["onDemandBase"], policy["onDemandAboveBase"]);
        onDemand.FailIf(onDemand.Number < 0, "cannot be negative");
        onDemand.FailIf(onDemand.Number > (maxSize.Number ?? 0), $"cannot be more than maxSize, {maxSize.Number ?? 0}");
        above.FailIf(above.Number is < 0 or > 100, "is a percentage: must be between 0 and 100");
        policy["spotAllocationStrategy"]
            .OneOf("lowest-price", "diversified", "capacity-optimized", "capacity-optimized-prioritized", "price-capacity-optimized");
    }

    private static void LoadBalancer(Field balancer)
    {
        var (name, target) = (balancer["loadBalancerName"], balancer["targetGroupArn"]);
        balancer.FailIf(name.IsSet && target.IsSet, "can have loadBalancerName or targetGroupArn, not both");
        name.FailIf(name.Text?.Length > 32, "is longer than the 32 characters that AWS allows");
        if (!target.IsSet)
            return;
        var isFit = IsArn(target.Text, "targetgroup/") && target.Text!.Split(':', 6)[5].Split('/') is [_, { Length: > 0 and <= 32 }, _];
        target.FailIf(
            !isFit,
            $"'{target.Text}' is not the ARN of a target group, such as "
                + $"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/example/1234567890123456"
        );
    }

    private static void GroupWarmPool(GroupContext group)
    {
        var own = group.Spec["warmPool"];
        WarmPool(own);
        var pool = own.IsSet || !group.IsNode ? own : group.Cluster?.Spec["warmPool"] ?? own;
        if (!pool.IsSet || pool["maxSize"].Number == 0)
            return;
        own.FailIf(!group.IsNode && !group.IsApiServer, "is for groups with the role Node or APIServer: remove it");
        group
            .Spec["maxPrice"]
            .FailIf(
                group.Spec["maxPrice"].IsSet,
                "spot instances cannot wait in a warm pool: set spec.warmPool.maxSize to 0, or remove maxPrice"
            );
    }
}
