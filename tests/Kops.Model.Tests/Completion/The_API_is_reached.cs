using Kops.Api;
using Kops.Model.Completion;

namespace Kops.Model.Tests.Completion;

/// <summary>A cluster that does not say how its API is reached: kOps 1.37 reads it from where the API's servers run.</summary>
public sealed class The_API_is_reached
{
    [Theory]
    [InlineData("Master", "Private", true)]
    [InlineData("Master", "Public", false)]
    [InlineData("Node", "Private", null)]
    [InlineData("Master", "Utility", null)]
    public void By_a_load_balancer_where_the_control_plane_is_private(string role, string type, bool? balanced) =>
        Assert.Equal(balanced, IsBalanced((role, type)));

    [Fact]
    public void By_a_load_balancer_as_soon_as_one_server_is_private() =>
        Assert.True(IsBalanced(("Master", "Public"), ("Master", "Private")));

    [Fact]
    public void By_DNS_while_only_nodes_are_private() => Assert.False(IsBalanced(("Master", "Public"), ("Node", "Private")));

    [Theory]
    [InlineData("Private", "Public", false)]
    [InlineData("Public", "Private", true)]
    public void As_the_API_servers_are_where_they_have_groups_of_their_own(string controlPlane, string servers, bool balanced) =>
        Assert.Equal(balanced, IsBalanced(("Master", controlPlane), ("APIServer", servers)));

    // Null: the cluster does not say, even completed.
    private static bool? IsBalanced(params (string Role, string Subnet)[] groups)
    {
        var plan = Plans.Plan(
            new()
            {
                Cloud = "gce",
                Zones = ["us-test1-a"],
                Project = "p",
            }
        );
        var spec = plan.Cluster.Spec;
        spec.Api = null;
        var subnet = spec.Subnets[0];
        spec.Subnets.Set(
            new[] { "Private", "Public", "Utility" }.Select(type => new ClusterSubnetSpec
            {
                Name = type,
                Type = type,
                Cidr = subnet.Cidr,
                Region = subnet.Region,
            })
        );
        var made = groups.Select(group =>
        {
            var made = new InstanceGroup();
            made.Spec.Role = group.Role;
            made.Spec.Subnets.Set([group.Subnet]);
            return made;
        });

        var api = ClusterCompleter.Complete(new(plan.Cluster, [.. made], TestFacts.Aws)).Spec.Api;

        return api?.LoadBalancer is not null ? true
            : api?.Dns is not null ? false
            : null;
    }
}
