using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Gce.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Balancers;

/// <summary>The load balancers in front of the API: one that the world reaches, and one in each subnet for the network alone.</summary>
internal static class BalancerBuilder
{
    private const string Api = "api";
    private const string KopsController = "kops-controller";

    public static IEnumerable<Resource> Build(GceCluster cluster) =>
        cluster.ApiBalancer switch
        {
            null => [],
            { Type: "Public" } spec => spec.UseForInternalApi == true ? Public(cluster).Concat(Internal(cluster)) : Public(cluster),
            _ => Internal(cluster),
        };

    /// <summary>The pool that a group's machines are in; null for none.</summary>
    public static Value? Pool(GceCluster cluster, GceGroup group) =>
        cluster.ApiBalancer?.Type == "Public" && group.Role == (cluster.HasApiServers ? MachineRole.ApiServer : MachineRole.ControlPlane)
            ? Value.List(GceKinds.TargetPool.Of(cluster.Named(Api), "self_link"))
            : null;

    private static IEnumerable<Resource> Public(GceCluster cluster)
    {
        var name = cluster.Named(Api);
        var check = new Resource(
            GceKinds.HttpHealthCheck,
            name,
            new()
            {
                ["name"] = name,
                ["port"] = 3990,
                ["request_path"] = "/healthz",
            }
        );
        var pool = new Resource(
            GceKinds.TargetPool,
            name,
            new() { ["health_checks"] = Value.List(check.Ref("self_link")), ["name"] = name }
        );
        var address = new Resource(GceKinds.Address, name, new() { ["name"] = name });
        yield return check;
        yield return pool;
        yield return address;
        yield return new(
            GceKinds.ForwardingRule,
            name,
            new()
            {
                ["ip_address"] = address.Ref("address"),
                ["ip_protocol"] = "TCP",
                ["labels"] = cluster.Labels(new KeyValuePair<string, string>("name", Api)),
                ["load_balancing_scheme"] = "EXTERNAL",
                ["name"] = name,
                ["port_range"] = "443-443",
                ["target"] = pool.Ref("self_link"),
            }
        );
    }

    private static IEnumerable<Resource> Internal(GceCluster cluster)
    {
        var serving = cluster.Groups.Where(group => group.RunsApi).ToList();
        foreach (var resource in Backend(cluster, Api, "tcp_health_check", 443, serving))
            yield return resource;
        // Where some machines serve the API alone, kops-controller runs on the others.
        var controllers = serving.Where(group => group.Role == MachineRole.ControlPlane);
        if (cluster.HasApiServers)
        {
            foreach (var resource in Backend(cluster, KopsController, "ssl_health_check", 3988, controllers))
                yield return resource;
        }

        foreach (var subnet in cluster.Spec.Subnets.Where(subnet => subnet.Type is not "Utility"))
        {
            var address = Address(cluster, subnet);
            yield return address;
            yield return Forward(cluster, subnet, address, Api, Api, 443);
            if (cluster.UsesNoDns)
                yield return Forward(cluster, subnet, address, KopsController, cluster.HasApiServers ? KopsController : Api, 3988);
        }
    }

    private static IEnumerable<Resource> Backend(GceCluster cluster, string service, string check, int port, IEnumerable<GceGroup> groups)
    {
        var name = cluster.Named(service);
        var healthCheck = new Resource(
            GceKinds.HealthCheck,
            name,
            new()
            {
                ["name"] = name,
                [check] = new Block { ["port"] = port },
            }
        );
        yield return healthCheck;
        yield return new(
            GceKinds.BackendService,
            name,
            new()
            {
                ["backend"] = Value.List(
                    groups
                        .SelectMany(group => group.Managers)
                        .Select(manager => manager.Name)
                        .Order(StringComparer.Ordinal)
                        .Select(manager => new Block
                        {
                            ["balancing_mode"] = "CONNECTION",
                            ["group"] = GceKinds.GroupManager.Of(manager, "instance_group"),
                        })
                ),
                ["health_checks"] = Value.List(healthCheck.Ref()),
                ["load_balancing_scheme"] = "INTERNAL",
                ["name"] = name,
                ["protocol"] = "TCP",
            }
        );
    }

    private static Resource Address(GceCluster cluster, ClusterSubnetSpec subnet)
    {
        var name = cluster.Named($"{Api}-{subnet.Name}");
        return new(
            GceKinds.Address,
            name,
            new()
            {
                ["address_type"] = "INTERNAL",
                ["name"] = name,
                ["purpose"] = "SHARED_LOADBALANCER_VIP",
                ["subnetwork"] = cluster.Subnetwork(subnet),
            }
        );
    }

    private static Resource Forward(
        GceCluster cluster,
        ClusterSubnetSpec subnet,
        Resource address,
        string service,
        string backend,
        int port
    )
    {
        var name = cluster.Named($"{service}-{subnet.Name}");
        return new(
            GceKinds.ForwardingRule,
            name,
            new()
            {
                ["backend_service"] = GceKinds.BackendService.Of(cluster.Named(backend)),
                ["ip_address"] = address.Ref("address"),
                ["ip_protocol"] = "TCP",
                ["labels"] = cluster.Labels(new KeyValuePair<string, string>("name", $"{service}-{subnet.Name}")),
                ["load_balancing_scheme"] = "INTERNAL",
                ["name"] = name,
                ["network"] = cluster.Network(),
                ["ports"] = Value.List([port.ToString(System.Globalization.CultureInfo.InvariantCulture)]),
                ["subnetwork"] = cluster.Subnetwork(subnet),
            }
        );
    }
}
