using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>A cluster as the builders for Azure see it.</summary>
internal sealed class AzureCluster
{
    public AzureCluster(ResourceRequest request)
    {
        Request = request;
        Spec = request.Cluster.Spec;
        Name = request.Cluster.Metadata.Name ?? throw new FormatException("metadata.name is missing");
        Settings = Spec.CloudConfig?.Azure ?? throw new FormatException("spec.cloudConfig.azure is missing");
        Region =
            Spec.Subnets.Select(subnet => subnet.Region).FirstOrDefault(region => region is { Length: > 0 })
            ?? throw new FormatException("spec.subnets: no subnet has a region");
        Groups = [.. request.Groups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal)];
    }

    public ResourceRequest Request { get; }

    public ClusterSpec Spec { get; }

    public AzureSpec Settings { get; }

    public string Name { get; }

    public string Region { get; }

    public IReadOnlyList<InstanceGroup> Groups { get; }

    /// <summary>The resource group's name; one that is given is the user's.</summary>
    public string ResourceGroup => Settings.ResourceGroupName is { Length: > 0 } name ? name : Name;

    /// <summary>The resource group's id.</summary>
    public string ResourceGroupPath =>
        $"/subscriptions/{Settings.SubscriptionId ?? throw new FormatException("spec.cloudConfig.azure.subscriptionId is missing")}"
        + $"/resourceGroups/{ResourceGroup}";

    /// <summary>The id of the account that the store lies in.</summary>
    public string StorageAccount =>
        Settings.StorageAccountID ?? throw new FormatException("spec.cloudConfig.azure.storageAccountID is missing");

    public string RouteTable => Settings.RouteTableName is { Length: > 0 } name ? name : Name;

    public string Network => Spec.NetworkID is { Length: > 0 } id ? id : Name;

    public bool OwnsNetwork => Spec.NetworkID is not { Length: > 0 };

    public string Balancer => $"api-{Name}";

    public bool UsesNoDns => Spec.Topology?.Dns?.Type == "None";

    /// <summary>Something that lies in the resource group, with tags.</summary>
    public Resource Tagged(ResourceKind kind, string name, Block attributes, params IEnumerable<KeyValuePair<string, string>> tags)
    {
        var all = new Block
        {
            ["location"] = Region,
            ["name"] = name,
            ["resource_group_name"] = AzureKinds.ResourceGroup.Of(ResourceGroup, "name"),
            ["tags"] = Tags(tags),
        };
        return new(kind, name, all.With(attributes));
    }

    public MapValue Tags(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Spec.CloudLabels.Concat(more))
            tags[key.Replace('/', '_')] = value;
        tags["KubernetesCluster"] = Name;
        return MapValue.Of(tags);
    }

    /// <summary>The machines of a role, as rules of the firewall name them.</summary>
    public Reference Machines(MachineRole role) => AzureKinds.Machines.Of(MachinesName(role));

    public string MachinesName(MachineRole role) => (RunsApi(role) ? "control-plane." : "nodes.") + Name;

    public Reference Subnet(string name) =>
        Spec.Subnets.Any(subnet => subnet.Name == name)
            ? AzureKinds.Subnet.Of(name)
            : throw new FormatException($"spec.subnets has no '{name}', which is named elsewhere");

    public static bool RunsApi(MachineRole role) => role is MachineRole.ControlPlane or MachineRole.ApiServer;

    /// <summary>A zone without its region: <c>1</c> of <c>eastus-1</c>.</summary>
    public static string Zone(string zone) => zone.Split('-')[^1];
}
