using Kops.Api.Clouds;

namespace Kops.Api.Validation;

/// <summary>The cloud, and settings that are gone from every cloud.</summary>
internal static class CloudRules
{
    public static void Check(ClusterContext cluster)
    {
        var spec = cluster.Spec;
        if (cluster.Cloud.Name == "metal")
            spec["cloudProvider"].Forbid("cannot be set together with the label alpha.kops.k8s.io/cloud: remove one of them");
        else if (spec["cloudProvider"].Require("name a cloud, such as aws"))
            spec["cloudProvider"].OneOf([.. CloudProfiles.All.Where(cloud => cloud.Member is not null).Select(cloud => cloud.Name)]);
        spec["updatePolicy"].OneOf("automatic", "external");
        spec["docker"].Forbid("is not supported since Kubernetes 1.24: use spec.containerd");
        spec["containerRuntime"].FailIf(spec["containerRuntime"].Text is not (null or "containerd"), "must be containerd");
        spec["nodeAuthorization"].Forbid("is built in since Kubernetes 1.19: remove it");
        spec["assets"]
            ["containerProxy"]
            .FailIf(
                spec["assets"]["containerProxy"].IsSet && spec["assets"]["containerRegistry"].IsSet,
                "cannot be set together with containerRegistry: remove one of them"
            );
        foreach (var parameter in spec["sysctlParameters"].Items)
            Sysctl(parameter);
        spec["cloudConfig"]["nlbSecurityGroupMode"].OneOf("Managed");
        OtherClouds(cluster);
        AwsRules.WarmPool(spec["warmPool"]);
        Openstack(cluster);
    }

    // What kOps could not read back: the settings of a cloud have a place in that cloud alone.
    private static void OtherClouds(ClusterContext cluster)
    {
        foreach (var move in Versions.ClusterRelocations.All)
        {
            if (move is not { Cloud: { } cloud, Stored: { } path, IsDroppedElsewhere: false } || cloud == cluster.Cloud.Name)
                continue;
            var field = path.Aggregate(cluster.Spec, (at, name) => at[name]);
            field.Forbid($"is a setting of {cloud}, and the cluster's cloud is {cluster.Cloud.Name}: remove it");
        }
    }

    public static void Sysctl(Field parameter) =>
        parameter.FailIf(
            parameter.Text?.Contains('=', StringComparison.Ordinal) != true,
            $"'{parameter.Text}' has no value: write name=value, such as vm.max_map_count=262144"
        );

    private static void Openstack(ClusterContext cluster)
    {
        var config = cluster.Spec["cloudConfig"];
        var (manage, create) = (config["manageStorageClasses"], config["openstack"]["blockStorage"]["createStorageClass"]);
        manage.FailIf(
            cluster.Cloud.Name == "openstack" && manage.IsSet && create.IsSet && manage.IsTrue != create.IsTrue,
            "disagrees with openstack.blockStorage.createStorageClass: remove one of them"
        );
    }
}
