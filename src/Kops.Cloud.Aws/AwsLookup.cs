using Amazon.EC2;
using Amazon.EC2.Model;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Cloud.Aws;

/// <summary>
/// Asks AWS what a cluster leaves open: the networks and subnets that it shares with their gateways, zones newer than this program,
/// images, machine types, the account. Each question is one request, and one more for each image and each thousand of subnets.
/// </summary>
/// <param name="options">How EC2 is reached.</param>
/// <param name="http">The network under the SDK.</param>
/// <param name="sts">How STS is reached, which knows the account; null for the same way.</param>
public sealed class AwsLookup(AwsOptions options, HttpClient http, AwsOptions? sts = null)
{
    private const int PageSize = 1000;

    /// <summary>The facts with the answers in them.</summary>
    /// <exception cref="InvalidFlagException">The account has no such network or subnet there.</exception>
    /// <exception cref="CloudLookupException">EC2 could not be asked; the message says why, and what to do.</exception>
    public async Task<ProviderFacts> AnswerAsync(
        CloudQuestions questions,
        ProviderFacts known,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(known);
        var errors = new AwsErrors(questions);
        using var client = errors.Try(() => AwsClients.Ec2(options, questions.Region, http));

        HashSet<string> networks = [.. questions.Networks];
        if (questions.Subnets.Count > 0)
            networks.UnionWith(await NetworksOfAsync(client, questions.Subnets, errors, cancellationToken).ConfigureAwait(false));
        if (networks.Count > 0)
            known = known with
            {
                Networks =
                [
                    .. known.Networks,
                    .. await DescribeAsync(client, [.. networks], errors, cancellationToken).ConfigureAwait(false),
                ],
            };
        known = await MachineLookup.AnswerAsync(client, questions, known, errors, cancellationToken).ConfigureAwait(false);
        if (questions.AsksForAccount)
            known = await AccountAsync(questions, known, errors, cancellationToken).ConfigureAwait(false);
        if (questions.Zones.Count == 0)
            return known;
        var zones = await ZonesAsync(client, errors, cancellationToken).ConfigureAwait(false);
        return known with { Regions = new Dictionary<string, IReadOnlyList<string>>(known.Regions) { [questions.Region] = zones } };
    }

    // An ARN says both: arn:aws-cn:iam::123456789012:user/me.
    private async Task<ProviderFacts> AccountAsync(
        CloudQuestions questions,
        ProviderFacts known,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        using var client = errors.Try(() => AwsClients.Sts(sts ?? options, questions.Region, http));
        var caller = await errors
            .AskAsync("sts:GetCallerIdentity", () => client.GetCallerIdentityAsync(new(), cancellationToken))
            .ConfigureAwait(false);
        return known with { Project = caller.Account, Partition = caller.Arn?.Split(':') is [_, var partition, ..] ? partition : null };
    }

    private static async Task<IEnumerable<string>> NetworksOfAsync(
        AmazonEC2Client client,
        IReadOnlyList<string> subnets,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        var answer = await errors
            .AskAsync(
                "ec2:DescribeSubnets",
                () => client.DescribeSubnetsAsync(new() { SubnetIds = [.. subnets.Distinct()] }, cancellationToken)
            )
            .ConfigureAwait(false);
        return (answer.Subnets ?? []).Select(subnet => subnet.VpcId);
    }

    private static async Task<IEnumerable<NetworkFact>> DescribeAsync(
        AmazonEC2Client client,
        List<string> ids,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        var answer = await errors
            .AskAsync("ec2:DescribeVpcs", () => client.DescribeVpcsAsync(new() { VpcIds = ids }, cancellationToken))
            .ConfigureAwait(false);
        var subnets = new List<Subnet>();
        var request = new DescribeSubnetsRequest { Filters = [new Filter("vpc-id", ids)], MaxResults = PageSize };
        do
        {
            var page = await errors
                .AskAsync("ec2:DescribeSubnets", () => client.DescribeSubnetsAsync(request, cancellationToken))
                .ConfigureAwait(false);
            subnets.AddRange(page.Subnets ?? []);
            request.NextToken = page.NextToken;
        } while (!string.IsNullOrEmpty(request.NextToken));

        var byNetwork = subnets.ToLookup(
            subnet => subnet.VpcId,
            subnet => new SubnetFact(subnet.SubnetId, subnet.AvailabilityZone, subnet.CidrBlock ?? string.Empty)
        );
        return (answer.Vpcs ?? []).Select(vpc => new NetworkFact(
            vpc.VpcId,
            vpc.CidrBlock,
            [.. byNetwork[vpc.VpcId].OrderBy(subnet => subnet.Id, StringComparer.Ordinal)]
        ));
    }

    private static async Task<IReadOnlyList<string>> ZonesAsync(
        AmazonEC2Client client,
        AwsErrors errors,
        CancellationToken cancellationToken
    )
    {
        var answer = await errors
            .AskAsync("ec2:DescribeAvailabilityZones", () => client.DescribeAvailabilityZonesAsync(new(), cancellationToken))
            .ConfigureAwait(false);
        return [.. (answer.AvailabilityZones ?? []).Select(zone => zone.ZoneName).Order(StringComparer.Ordinal)];
    }
}
