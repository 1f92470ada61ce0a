using Amazon.EC2.Model;
using Kops.Model.Clouds;
using Kops.Vfs.Conformance.Servers;
using Xunit;

namespace Kops.Cloud.Aws.Tests;

/// <summary>What launch templates, routes and policies are made from, asked of AWS where the facts do not tell.</summary>
public sealed class Machines_are_looked_up(MotoServer moto)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_found_by_its_id_its_own_name_and_its_owners()
    {
        using var admin = moto.Admin();
        var image = (await admin.DescribeImagesAsync(new() { Owners = ["099720109477"] }, Token)).Images[0];
        string[] names = [image.ImageId, $"099720109477/{image.Name}", $"ubuntu/{image.Name}"];

        var facts = await AskAsync(new("aws", MotoServer.Region) { Images = names });

        Assert.All(names, name => Assert.Equal(new ImageFact(image.ImageId, image.RootDeviceName), facts.Images[name]));
    }

    [Theory]
    [InlineData("nobody/has-this", "EC2 in eu-west-1 has no image 'nobody/has-this'; check spec.image")]
    [InlineData("ssm:/aws/x", "aws ssm get-parameter --region eu-west-1 --name /aws/x")]
    [InlineData("ami-00000000000000000", "check spec.image of the instance groups")]
    public async Task An_image_that_is_not_found_is_named_with_the_cure(string image, string message)
    {
        var failure = await Assert.ThrowsAsync<CloudLookupException>(() => AskAsync(new("aws", MotoServer.Region) { Images = [image] }));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_type_brings_the_disks_that_come_with_it()
    {
        var facts = await AskAsync(new("aws", MotoServer.Region) { MachineTypes = ["i3.4xlarge", "m5.large"] });

        Assert.Equal((2, 0), (facts.Machines["i3.4xlarge"].OwnDisks, facts.Machines["m5.large"].OwnDisks));
    }

    [Fact]
    public async Task A_network_brings_its_gateways()
    {
        using var admin = moto.Admin();
        var vpc = (await admin.CreateVpcAsync(new() { CidrBlock = "10.30.0.0/16" }, Token)).Vpc.VpcId;
        var gateway = (await admin.CreateInternetGatewayAsync(new(), Token)).InternetGateway.InternetGatewayId;
        await admin.AttachInternetGatewayAsync(new AttachInternetGatewayRequest { InternetGatewayId = gateway, VpcId = vpc }, Token);
        var outward = (await admin.CreateEgressOnlyInternetGatewayAsync(new() { VpcId = vpc }, Token)).EgressOnlyInternetGateway;

        var facts = await AskAsync(new("aws", MotoServer.Region) { Gateways = [vpc] });

        Assert.Equal(new GatewayFact(gateway, outward.EgressOnlyInternetGatewayId), facts.Gateways[vpc]);
    }

    [Fact]
    public async Task The_account_is_known_with_its_partition_by_one_request()
    {
        var requests = new CountingHandler();

        var facts = await AskAsync(new("aws", MotoServer.Region) { AsksForAccount = true }, requests);

        Assert.Equal(("123456789012", "aws"), (facts.Project, facts.Partition));
        Assert.Equal("POST", requests.Take());
    }

    private async Task<ProviderFacts> AskAsync(CloudQuestions questions, CountingHandler? counting = null)
    {
        using var handler = counting ?? new CountingHandler();
        handler.InnerHandler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        return await new AwsLookup(moto.Options, http).AnswerAsync(questions, ProviderFacts.None, Token);
    }
}
