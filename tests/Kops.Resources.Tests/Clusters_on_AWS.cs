using Kops.Api;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Tests;

/// <summary>What a cluster on AWS needs. That all of it is as kOps has it, the golden cases of Kops.Terraform.Tests show.</summary>
public sealed class Clusters_on_AWS
{
    [Fact]
    public void A_cloud_whose_resources_are_not_known_is_refused_by_name()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.CloudProvider = "linode";

        var failure = Assert.Throws<NotSupportedException>(() => ResourceModel.Build(new(cluster, [], new())));

        Assert.StartsWith(
            "the resources of a cluster on linode are not known here; known are those on aws, azure, gce, hetzner",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_resource_has_a_name_of_its_own_and_refers_to_what_is_there()
    {
        var resources = AwsCases.Build(AwsCases.Cluster()).Resources;
        var known = resources.Select(resource => (resource.Kind, resource.Name)).ToHashSet();

        Assert.Equal(resources.Count, known.Count);
        Assert.DoesNotContain(
            resources.SelectMany(resource => References(resource.Attributes)),
            reference => !known.Contains((reference.Kind, reference.Name))
        );
    }

    [Fact]
    public void API_servers_may_have_a_security_group_that_the_user_brought_along()
    {
        var servers = AwsCases.Group("servers", "APIServer");
        servers.Spec.SecurityGroupOverride = "sg-1";
        var request = AwsCases.Request(AwsCases.Cluster());

        var resources = ResourceModel.Build(request with { Groups = [.. request.Groups, servers] }).Resources;

        var group = Assert.Single(resources, resource => resource.Ownership == Ownership.Shared);
        Assert.Equal(("aws_security_group", "sg-1-APIServer"), (group.Kind.Name, group.Name));
        Assert.Contains(resources.SelectMany(resource => References(resource.Attributes)), reference => reference.Name == group.Name);
    }

    [Fact]
    public void What_the_user_brought_along_is_shared_and_known_by_its_id()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.NetworkID = "vpc-1";
        cluster.Spec.Subnets[0].Id = "subnet-1";

        var shared = AwsCases.Build(cluster).Resources.Where(resource => resource.Ownership == Ownership.Shared);

        Assert.Equal(
            [("aws_internet_gateway", "igw-1"), ("aws_subnet", "subnet-1"), ("aws_vpc", "vpc-1")],
            shared.Select(resource => (resource.Kind.Name, ((TextValue)resource.Attributes["id"]).Text)).Order()
        );
    }

    [Theory]
    [InlineData(null, 600)]
    [InlineData(90, 90)]
    public void A_machine_of_a_warm_pool_has_as_long_to_get_ready_as_the_pool_says(int? given, int expected)
    {
        var request = AwsCases.Request(AwsCases.Cluster());
        var pool = request.Groups[0].Spec.EnsureWarmPool();
        (pool.EnableLifecycleHook, pool.LifecycleHookTimeout) = (true, given);

        var hook = ResourceModel.Build(request).Resources.Single(resource => resource.Name == "kops-warmpool-nodes");

        Assert.Equal(new NumberValue(expected), hook.Attributes["heartbeat_timeout"]);
    }

    [Fact]
    public void A_fact_that_is_missing_is_named()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.NetworkID = "vpc-2";

        var failure = Assert.Throws<FormatException>(() => AwsCases.Build(cluster));

        Assert.StartsWith("the internet gateway of vpc-2 is not known; ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_not_known_is_named_with_its_group()
    {
        var failure = Assert.Throws<FormatException>(() =>
            ResourceModel.Build(AwsCases.Request(AwsCases.Cluster()) with { Facts = new() { Project = "1" } })
        );

        Assert.StartsWith("instance group control-plane: the image 'ubuntu' is not known; ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_prefix_lists_may_open_a_door_which_kOps_cannot_do()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.SshAccess.Set(["pl-1", "pl-2", "0.0.0.0/0"]);

        var rules = AwsCases
            .Build(cluster)
            .Resources.Where(resource => resource.Name.EndsWith("-ingress-tcp-22to22-nodes.c.example.com", StringComparison.Ordinal));

        Assert.Equal(
            ["from-0.0.0.0/0", "from-pl-1", "from-pl-2"],
            rules.Select(rule => rule.Name.Split("-ingress")[0]).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("nat-1", "nat_gateway_id")]
    [InlineData("tgw-1", "transit_gateway_id")]
    [InlineData("i-1", "instance_id")]
    public void Private_subnets_reach_the_internet_by_what_egress_names(string egress, string attribute)
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.Subnets[0].Type = "Private";
        cluster.Spec.Subnets[0].Egress = egress;

        var route = AwsCases.Build(cluster).Resources.Single(resource => resource.Name == "route-private-us-east-1a-0.0.0.0/0");

        Assert.Equal(new TextValue(egress), route.Attributes[attribute]);
    }

    [Fact]
    public void An_egress_that_no_route_can_lead_to_is_refused_with_those_that_one_can()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.Subnets[0].Type = "Private";
        cluster.Spec.Subnets[0].Egress = "vgw-1";

        var failure = Assert.Throws<NotSupportedException>(() => AwsCases.Build(cluster));

        Assert.Equal(
            "spec.subnets: no route can lead to 'vgw-1'; the ids of targets begin with eigw-, i-, igw-, nat-, pcx-, tgw-",
            failure.Message
        );
    }

    [Fact]
    public void A_private_subnet_without_a_place_for_its_gateway_is_refused()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.Subnets[0].Type = "Private";

        var failure = Assert.Throws<FormatException>(() => AwsCases.Build(cluster));

        Assert.Equal(
            "spec.subnets: us-east-1a needs a subnet of type Utility, for the NAT gateway of its private subnets",
            failure.Message
        );
    }

    [Fact]
    public void A_state_store_that_machines_cannot_be_let_into_is_refused()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.KeyStore = "file:///srv/pki";

        var failure = Assert.Throws<NotSupportedException>(() => AwsCases.Build(cluster));

        Assert.Equal("machines on AWS read the state store from a bucket, and 'file:///srv/pki' is none; use s3://", failure.Message);
    }

    [Theory]
    [InlineData("not json", "spec.additionalPolicies.node: ")]
    [InlineData("{}", "spec.additionalPolicies.node: a policy is a list of statements, in brackets")]
    [InlineData("[1]", "spec.additionalPolicies.node: a policy is a list of statements, each in braces")]
    [InlineData("""[{"Action":1}]""", "spec.additionalPolicies.node: a policy's actions and resources are texts or lists of texts, not 1")]
    public void A_policy_of_the_users_that_is_none_is_named_by_its_field(string policy, string message)
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.AdditionalPolicies["node"] = policy;

        Assert.StartsWith(message, Assert.Throws<FormatException>(() => AwsCases.Build(cluster)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Reference> References(Value value) =>
        value switch
        {
            Reference reference => [reference],
            Block block => block.Values.SelectMany(References),
            ListValue list => list.Items.SelectMany(References),
            _ => [],
        };
}
