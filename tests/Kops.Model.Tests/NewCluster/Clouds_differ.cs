using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>What kOps 1.37 does on one cloud and not on another.</summary>
public sealed class Clouds_differ
{
    [Theory]
    [InlineData("azure", "eastus-1", "Standard_B2s", "Standard_B2s", "Standard_B2s")]
    [InlineData("digitalocean", "nyc1", "s-2vcpu-4gb-amd", "s-2vcpu-4gb-amd", null)]
    [InlineData("gce", "us-central1-a", "e2-medium", "e2-medium", "e2-micro")]
    [InlineData("hetzner", "fsn1", "cx23", "cx23", "cx23")]
    [InlineData("linode", "us-east", "g6-standard-2", "g6-standard-2", "g6-standard-1")]
    [InlineData("metal", "main", null, null, null)]
    [InlineData("scaleway", "fr-par-1", "DEV1-M", "DEV1-M", null)]
    public void Machines_have_the_clouds_default_type(string cloud, string zone, string? controlPlane, string? node, string? bastion)
    {
        var groups = On(
            cloud,
            new()
            {
                Zones = [zone],
                Topology = "private",
                Bastion = true,
            }
        ).InstanceGroups;

        Assert.Equal([controlPlane, node, bastion], groups.Select(group => group.Spec.MachineType));
    }

    [Fact]
    public void Only_AWS_has_a_default_type_for_groups_of_API_servers()
    {
        var plan = On("hetzner", new() { Zones = ["fsn1"], ApiServerCount = 1 }, "APIServerNodes");

        Assert.Null(plan.InstanceGroups.Single(group => group.Spec.Role == "APIServer").Spec.MachineType);
        Assert.Contains(
            plan.Warnings,
            warning => warning.StartsWith("apiserver-fsn1: there is no default machine type on hetzner", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("digitalocean", "nyc1", "1.31.0", "ubuntu-22-04-x64", "ubuntu-24-04-x64")]
    [InlineData("hetzner", "fsn1", "1.31.0", "ubuntu-22.04", "ubuntu-24.04")]
    [InlineData("linode", "us-east", "1.31.0", "linode/ubuntu22.04", "linode/ubuntu24.04")]
    [InlineData("metal", "main", "1.31.0", "dummy-metal-image", "dummy-metal-image")]
    [InlineData("scaleway", "fr-par-1", "1.31.0", "ubuntu_jammy", "ubuntu_noble")]
    public void Images_that_no_channel_names_change_with_Kubernetes_1_32(
        string cloud,
        string zone,
        string older,
        string jammy,
        string noble
    )
    {
        var profile = CloudProfiles.Find(cloud)!;

        Assert.Equal(jammy, CloudImages.For(profile, Semver.SemVersion.Parse(older)));
        Assert.All(On(cloud, new() { Zones = [zone] }).InstanceGroups, group => Assert.Equal(noble, group.Spec.Image));
    }

    [Theory]
    [InlineData("aws", "us-test-1a", "m6g.large", "arm64", false)]
    [InlineData("gce", "us-central1-a", "t2a-standard-2", "amd64", true)]
    [InlineData("azure", "eastus-1", "Standard_D2ps_v5", "server:", true)]
    public void Only_AWS_is_asked_for_the_architecture_of_machines(string cloud, string zone, string type, string image, bool isWarned)
    {
        var plan = On(cloud, new() { Zones = [zone], NodeSizes = [type] });

        Assert.Contains(image, plan.InstanceGroups.Single(group => group.Spec.Role == "Node").Spec.Image!, StringComparison.Ordinal);
        Assert.Equal(isWarned, plan.Warnings.Any(warning => warning.Contains($"{type} machines are arm64", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("digitalocean", "nyc1", "nyc3")]
    [InlineData("linode", "us-east", "eu-west")]
    [InlineData("scaleway", "fr-par-1", "fr-par-2")]
    public void Where_a_cluster_has_one_zone_so_has_its_control_plane(string cloud, string zone, string other)
    {
        Assert.Contains("--zones: a cluster on " + cloud, Refused(cloud, new() { Zones = [zone, other] }), StringComparison.Ordinal);
        Assert.Contains(
            $"--control-plane-zones: a cluster on {cloud} has one zone, that of --zones: '{other}'",
            Refused(cloud, new() { Zones = [zone], ControlPlaneZones = [other] }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_Hetzner_the_control_plane_may_stand_in_several_locations()
    {
        var plan = On("hetzner", new() { Zones = ["fsn1"], ControlPlaneZones = ["fsn1", "hel1", "nbg1"] });

        Assert.Equal(["fsn1", "hel1", "nbg1"], plan.Cluster.Spec.Subnets.Select(subnet => subnet.Name!));
        Assert.Equal(
            ["control-plane-fsn1", "control-plane-hel1", "control-plane-nbg1", "nodes-fsn1"],
            plan.InstanceGroups.Select(group => group.Metadata.Name!)
        );
    }

    [Theory]
    [InlineData("azure", "eastus", "eastus-1")]
    [InlineData("azure", "east-us-1", "eastus-1")]
    [InlineData("gce", "us-central1", "us-central1-a")]
    public void A_zone_that_does_not_tell_its_region_is_refused(string cloud, string zone, string example)
    {
        Assert.Contains(
            $"--zones: '{zone}' is not a zone of {cloud}: write it as {example}",
            Refused(cloud, new() { Zones = [zone] }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("digitalocean", "nyc1", "nyc1 nyc1 nyc1 Private,utility-nyc1 nyc1 nyc1 Utility")]
    [InlineData("gce", "us-central1-a", "us-central1  us-central1 Private")]
    [InlineData("azure", "eastus-1", "demo.example.com  eastus Private,utility-demo.example.com  eastus Utility")]
    [InlineData("hetzner", "fsn1", "fsn1 fsn1  Private,utility-fsn1 fsn1  Utility")]
    [InlineData("linode", "us-east", "us-east us-east us-east Private,utility-us-east us-east us-east Utility")]
    [InlineData("metal", "main", "main main  Private,utility-main main  Utility")]
    [InlineData("scaleway", "fr-par-1", "fr-par-1 fr-par-1  Private,utility-fr-par-1 fr-par-1  Utility")]
    public void Subnets_stand_for_what_the_cloud_divides_networks_by(string cloud, string zone, string subnets)
    {
        var spec = On(cloud, new() { Zones = [zone], Topology = "private" }).Cluster.Spec;

        Assert.Equal(
            subnets,
            string.Join(',', spec.Subnets.Select(subnet => $"{subnet.Name} {subnet.Zone} {subnet.Region} {subnet.Type}"))
        );
    }

    [Fact]
    public void On_DigitalOcean_control_planes_are_numbered_even_when_there_is_one()
    {
        Assert.Equal("control-plane-nyc1-1", On("digitalocean", new() { Zones = ["nyc1"] }).InstanceGroups[0].Metadata.Name);
        Assert.Equal("control-plane-us-east", On("linode", new() { Zones = ["us-east"] }).InstanceGroups[0].Metadata.Name);
    }

    [Theory]
    [InlineData("azure", "eastus-1", "Azure")]
    [InlineData("linode", "us-east", "Linode")]
    [InlineData("scaleway", "fr-par-1", "Scaleway")]
    public void An_experimental_cloud_can_be_described_and_the_user_is_told(string cloud, string zone, string feature)
    {
        Assert.Contains(
            On(cloud, new() { Zones = [zone] }, features: "").Warnings,
            warning => warning.Contains($"KOPS_FEATURE_FLAGS={feature}", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            On(cloud, new() { Zones = [zone] }, feature).Warnings,
            warning => warning.Contains("KOPS_FEATURE_FLAGS", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("s3://state", "", "aws")]
    [InlineData("s3://state", "HCLOUD_TOKEN", "hetzner")]
    [InlineData("s3://state", "LINODE_TOKEN", "linode")]
    [InlineData("s3://state", "HCLOUD_TOKEN,LINODE_TOKEN", "hetzner")]
    [InlineData("do://state", "HCLOUD_TOKEN", "digitalocean")]
    [InlineData("hos://state", "", "hetzner")]
    [InlineData("scw://state", "", "scaleway")]
    [InlineData("linode://state", "", "linode")]
    public void The_store_tells_the_cloud_and_for_S3_the_token_that_is_at_hand(string store, string tokens, string cloud)
    {
        var zone = cloud switch
        {
            "aws" => "us-test-1a",
            "hetzner" => "fsn1",
            "scaleway" => "fr-par-1",
            "linode" => "us-east",
            _ => "nyc1",
        };
        var plan = ClusterPlanner.Plan(
            new(
                Plans.Name,
                store,
                new() { Zones = [zone] },
                Kops.Model.Channels.ChannelSnapshots.Find("stable")!,
                TestFacts.Aws,
                Kops.Model.Flags.FeatureFlags.Parse(null)
            )
            {
                Tokens = tokens.Split(',', StringSplitOptions.RemoveEmptyEntries),
            }
        );

        Assert.Equal(cloud, plan.Cluster.Spec.CloudProvider);
    }

    [Fact]
    public void With_IPv6_the_settings_of_OpenStacks_controllers_are_lost_as_in_kOps()
    {
        ClusterFlags flags = new()
        {
            Zones = ["nova"],
            NodeSizes = ["m1"],
            ControlPlaneSizes = ["m1"],
            Image = "ubuntu",
            NetworkCidrs = ["10.0.0.0/16"],
            Topology = "private",
            Networking = "calico",
        };

        Assert.Equal(Plans.Name, On("openstack", flags).Cluster.Spec.CloudControllerManager?.ClusterName);
        Assert.Null(On("openstack", flags with { IPv6 = true }).Cluster.Spec.CloudControllerManager?.ClusterName);
    }

    [Fact]
    public void A_name_needs_no_domain_where_nothing_is_published()
    {
        ClusterFlags flags = new() { Zones = ["fsn1"], Cloud = "hetzner" };

        Assert.Equal("demo", Plans.Plan(flags, name: "demo").Cluster.Metadata.Name);
        Assert.Contains(
            "--name: 'demo' needs a domain",
            Plans.Refused(flags with { Dns = "public" }, name: "demo"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--name: 'demo' needs a domain",
            Plans.Refused(flags with { DnsZone = "example.com" }, name: "demo"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("hetzner", "fsn1", "--project means nothing on hetzner")]
    [InlineData("hetzner", "fsn1", "--os-ext-net means nothing on hetzner")]
    [InlineData("hetzner", "fsn1", "--subnets means nothing on hetzner")]
    [InlineData("azure", "eastus-1", "--subnets means nothing on azure")]
    [InlineData("gce", "us-central1-a", "--utility-subnets means nothing on gce")]
    public void What_another_cloud_would_use_is_named(string cloud, string zone, string warning)
    {
        var plan = On(
            cloud,
            new()
            {
                Zones = [zone],
                Project = "p",
                OpenstackExternalNet = "net",
                SubnetIds = ["subnet-1"],
                UtilitySubnetIds = ["subnet-2"],
            }
        );

        Assert.Contains(warning, plan.Warnings);
        Assert.Equal(cloud == "gce" ? "subnet-1" : null, plan.Cluster.Spec.Subnets[0].Id);
    }

    [Fact]
    public void On_Azure_a_network_of_its_own_has_the_range_that_kOps_gives_it()
    {
        Assert.Equal("10.0.0.0/16", Plans.Plan(new() { Cloud = "azure", Zones = ["eastus-1"] }).Cluster.Spec.NetworkCIDR);
        Assert.Equal(
            "10.1.0.0/16",
            Plans
                .Plan(
                    new()
                    {
                        Cloud = "azure",
                        Zones = ["eastus-1"],
                        NetworkCidrs = ["10.1.0.0/16"],
                    }
                )
                .Cluster.Spec.NetworkCIDR
        );
    }

    [Theory]
    [InlineData(null, "of-the-environment", "of-the-environment")]
    [InlineData("of-the-flag", "of-the-environment", "of-the-flag")]
    [InlineData(null, null, null)]
    public void On_Azure_the_environment_can_tell_the_subscription(string? flag, string? variable, string? subscription)
    {
        var flags = new ClusterFlags
        {
            Cloud = "azure",
            Zones = ["eastus-1"],
            AzureSubscriptionId = flag,
        };
        var request = new NewClusterRequest(
            Plans.Name,
            "s3://state",
            flags,
            Kops.Model.Channels.ChannelSnapshots.Find("stable")!,
            TestFacts.Aws,
            Kops.Model.Flags.FeatureFlags.Parse(null)
        );

        Assert.Equal(
            subscription,
            ClusterPlanner.Plan(request with { AzureSubscription = variable }).Cluster.Spec.CloudConfig!.Azure!.SubscriptionId
        );
    }

    [Fact]
    public void Canal_is_gone()
    {
        Assert.Contains(
            "--networking: there is no 'canal'",
            Refused("hetzner", new() { Zones = ["fsn1"], Networking = "canal" }),
            StringComparison.Ordinal
        );
    }

    private static NewClusterResult On(string cloud, ClusterFlags flags, string features = "Metal") =>
        Plans.Plan(Needed(cloud, flags), features);

    private static string Refused(string cloud, ClusterFlags flags) => Plans.Refused(Needed(cloud, flags), "Metal");

    private static ClusterFlags Needed(string cloud, ClusterFlags flags) =>
        cloud switch
        {
            "gce" => flags with { Cloud = cloud, Project = "my-project" },
            _ => flags with { Cloud = cloud },
        };
}
