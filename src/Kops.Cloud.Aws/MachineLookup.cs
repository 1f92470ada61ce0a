using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;
using Kops.Model.Clouds;

namespace Kops.Cloud.Aws;

/// <summary>Asks EC2 what launch templates and routes are made from: images, machine types, gateways.</summary>
internal static class MachineLookup
{
    private const string BySsm = "ssm:";

    public static async Task<ProviderFacts> AnswerAsync(
        AmazonEC2Client client,
        CloudQuestions questions,
        ProviderFacts known,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        var images = new Dictionary<string, ImageFact>(known.Images);
        foreach (var name in questions.Images)
            images[name] = await ImageAsync(client, name, questions.Region, errors, cancellationToken).ConfigureAwait(false);
        var gateways = new Dictionary<string, GatewayFact>(known.Gateways);
        foreach (var network in questions.Gateways)
            gateways[network] = await GatewaysAsync(client, network, errors, cancellationToken).ConfigureAwait(false);
        var machines = new Dictionary<string, MachineFact>(known.Machines);
        if (questions.MachineTypes.Count > 0)
        {
            var answer = await errors
                .AskAsync(
                    "ec2:DescribeInstanceTypes",
                    () => client.DescribeInstanceTypesAsync(new() { InstanceTypes = [.. questions.MachineTypes] }, cancellationToken)
                )
                .ConfigureAwait(false);
            foreach (var type in answer.InstanceTypes ?? [])
                machines[type.InstanceType] = new((type.InstanceStorageInfo?.Disks ?? []).Sum(disk => disk.Count ?? 0));
        }

        return known with
        {
            Images = images,
            Gateways = gateways,
            Machines = machines,
        };
    }

    // ami-..., OWNER/NAME, or NAME of one's own; of several the newest.
    private static async Task<ImageFact> ImageAsync(
        AmazonEC2Client client,
        string name,
        string region,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        if (name.StartsWith(BySsm, StringComparison.Ordinal))
            throw new CloudLookupException(
                $"the image '{name}' is a parameter of Systems Manager, which is not asked here; write the id that "
                    + $"'aws ssm get-parameter --region {region} --name {name[BySsm.Length..]}' shows into spec.image"
            );
        var request = new DescribeImagesRequest();
        if (name.StartsWith("ami-", StringComparison.Ordinal))
        {
            request.ImageIds = [name];
        }
        else
        {
            var (owner, called) = name.Split('/', 2) is [var before, var after] ? (before, after) : ("self", name);
            request.Owners = [AwsImageOwners.AccountOf(owner)];
            request.Filters = [new Filter("name", [called])];
        }

        var answer = await errors
            .AskAsync("ec2:DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken))
            .ConfigureAwait(false);
        return (answer.Images ?? []).MaxBy(Made) is { } image
            ? new(image.ImageId, image.RootDeviceName)
            : throw new CloudLookupException(
                $"EC2 in {region} has no image '{name}'; check spec.image of the instance groups, and whether it is shared with the account"
            );
    }

    private static DateTimeOffset Made(Image image) =>
        DateTimeOffset.TryParse(image.CreationDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
            ? made
            : DateTimeOffset.MinValue;

    private static async Task<GatewayFact> GatewaysAsync(
        AmazonEC2Client client,
        string network,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        var internet = await errors
            .AskAsync(
                "ec2:DescribeInternetGateways",
                () =>
                    client.DescribeInternetGatewaysAsync(
                        new() { Filters = [new Filter("attachment.vpc-id", [network])] },
                        cancellationToken
                    )
            )
            .ConfigureAwait(false);
        // It cannot be filtered by its network.
        var outward = await errors
            .AskAsync(
                "ec2:DescribeEgressOnlyInternetGateways",
                () => client.DescribeEgressOnlyInternetGatewaysAsync(new(), cancellationToken)
            )
            .ConfigureAwait(false);
        return new(
            (internet.InternetGateways ?? []).FirstOrDefault()?.InternetGatewayId,
            (outward.EgressOnlyInternetGateways ?? [])
                .FirstOrDefault(gateway => (gateway.Attachments ?? []).Any(attachment => attachment.VpcId == network))
                ?.EgressOnlyInternetGatewayId
        );
    }
}
