using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>Settings of the cluster's cloud that machines must know.</summary>
internal static class CloudParts
{
    public static void AddTo(MappingNode config, GroupContext group)
    {
        var cloud = group.Cluster.CloudSpec;
        switch (group.Cluster.Cloud.Name)
        {
            case "aws":
                Aws(config, group, cloud);
                break;
            case "azure":
                config["AzureAdminUser"] = Tree.Copy(cloud, "adminUser");
                break;
            case "gce":
                foreach (var field in new[] { "multizone", "nodeTags", "nodeInstancePrefix" })
                    config[field] = Tree.Copy(cloud, field);
                break;
            case "openstack":
                config["Openstack"] = Tree.Copy(cloud);
                break;
        }
    }

    private static void Aws(MappingNode config, GroupContext group, MappingNode? cloud)
    {
        config["EnableLifecycleHook"] = Tree.If(WarmPools.WaitsForHook(group));
        config["warmPoolImages"] = Tree.Some(WarmPools.Images(group));
        config["useIPBasedNodeNames"] = Tree.If(Tree.TextAt(cloud, "useIPBasedNodeNames") == "true");
        if (!group.RunsApi)
            return;
        foreach (var field in new[] { "nodeIPFamilies", "disableSecurityGroupIngress", "elbSecurityGroup", "nlbSecurityGroupMode" })
            config[field] = Tree.Copy(cloud, field);
    }
}
