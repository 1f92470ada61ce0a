using Amazon.EC2.Model;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Vfs.Conformance.Servers;
using Xunit;

namespace Kops.Cloud.Aws.Tests;

public sealed class Networks_are_looked_up(MotoServer moto)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_brings_its_range_and_its_subnets()
    {
        var (vpc, subnets) = await MakeAsync("10.20.0.0/16", ("eu-west-1a", "10.20.0.0/24"), ("eu-west-1b", "10.20.1.0/24"));

        var (facts, requests) = await AskAsync(new("aws", MotoServer.Region) { Networks = [vpc] });

        var network = facts.FindNetwork(vpc)!;
        Assert.Equal("10.20.0.0/16", network.Cidr);
        Assert.Equal(
            [(subnets[0], "eu-west-1a", "10.20.0.0/24"), (subnets[1], "eu-west-1b", "10.20.1.0/24")],
            network.Subnets.Select(subnet => (subnet.Id, subnet.Zone!, subnet.Cidr)).OrderBy(subnet => subnet.Item3, StringComparer.Ordinal)
        );
        Assert.Equal("POST POST", requests);
    }

    [Fact]
    public async Task A_subnet_brings_its_network()
    {
        var (vpc, subnets) = await MakeAsync("10.21.0.0/16", ("eu-west-1c", "10.21.0.0/24"));

        var (facts, requests) = await AskAsync(new("aws", MotoServer.Region) { Subnets = [subnets[0]] });

        Assert.Equal(vpc, facts.FindNetworkOf(subnets[0])?.Id);
        Assert.Equal("POST POST POST", requests);
    }

    [Fact]
    public async Task Zones_are_those_of_the_region_and_other_regions_stay_as_they_are()
    {
        var known = new ProviderFacts { Regions = new Dictionary<string, IReadOnlyList<string>> { ["eu-north-1"] = ["eu-north-1a"] } };

        var (facts, _) = await AskAsync(new("aws", MotoServer.Region) { Zones = ["eu-west-1c"] }, known);

        Assert.Equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"], facts.Regions[MotoServer.Region]);
        Assert.Equal(["eu-north-1a"], facts.Regions["eu-north-1"]);
    }

    [Theory]
    [InlineData("vpc-00000000000000000", null, "--network-id: ")]
    [InlineData(null, "subnet-00000000000000000", "--subnets: ")]
    public async Task What_the_account_does_not_have_is_named_with_its_flag(string? network, string? subnet, string flag)
    {
        var questions = new CloudQuestions("aws", MotoServer.Region)
        {
            Networks = network is null ? [] : [network],
            Subnets = subnet is null ? [] : [subnet],
        };

        var refused = await Assert.ThrowsAsync<InvalidFlagException>(() => AskAsync(questions));

        Assert.StartsWith(flag, refused.Message, StringComparison.Ordinal);
        Assert.Contains((network ?? subnet)!, refused.Message, StringComparison.Ordinal);
        Assert.Contains("the region of --zones", refused.Message, StringComparison.Ordinal);
    }

    private async Task<(ProviderFacts Facts, string Requests)> AskAsync(CloudQuestions questions, ProviderFacts? known = null)
    {
        using var counting = new CountingHandler();
        counting.InnerHandler = new SocketsHttpHandler();
        using var http = new HttpClient(counting);
        var facts = await new AwsLookup(moto.Options, http).AnswerAsync(questions, known ?? ProviderFacts.None, Token);
        return (facts, counting.Take());
    }

    private async Task<(string Vpc, List<string> Subnets)> MakeAsync(string range, params (string Zone, string Range)[] subnets)
    {
        using var admin = moto.Admin();
        var vpc = (await admin.CreateVpcAsync(new() { CidrBlock = range }, Token)).Vpc.VpcId;
        List<string> ids = [];
        foreach (var (zone, part) in subnets)
            ids.Add((
                    await admin.CreateSubnetAsync(
                        new CreateSubnetRequest
                        {
                            VpcId = vpc,
                            AvailabilityZone = zone,
                            CidrBlock = part,
                        },
                        Token
                    )
                ).Subnet.SubnetId);
        return (vpc, ids);
    }
}
