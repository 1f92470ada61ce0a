using Amazon.EC2;
using Amazon.Runtime;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Cloud.Aws;

/// <summary>Turns what the SDK throws into messages that name the cure; the facts file is always one.</summary>
internal sealed class AwsErrors(CloudQuestions questions)
{
    private const string Offline = "or describe it in a file that KOPS_CLOUD_FACTS names, and nothing is asked";

    private string Subject =>
        questions switch
        {
            { Subnets.Count: > 0 } => $"the subnets {string.Join(", ", questions.Subnets)} (--subnets, --utility-subnets)",
            { Images.Count: > 0 } => $"the images {string.Join(", ", questions.Images)} (spec.image)",
            { MachineTypes.Count: > 0 } => $"the machine types {string.Join(", ", questions.MachineTypes)} (spec.machineType)",
            { Gateways.Count: > 0 } => $"the gateways of {string.Join(", ", questions.Gateways)} (spec.networkID)",
            { AsksForAccount: true } => "the account",
            { Networks.Count: > 0 } => $"the network {string.Join(", ", questions.Networks)} (--network-id)",
            _ => $"the zones {string.Join(", ", questions.Zones)} (--zones)",
        };

    public T Try<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (AmazonClientException e)
        {
            throw Wrap("ec2:Describe*", e);
        }
    }

    /// <param name="permission">The action that a policy must allow.</param>
    /// <param name="ask">The request.</param>
    public async Task<T> AskAsync<T>(string permission, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (AwsFailure.Is(e))
        {
            throw Wrap(permission, e);
        }
    }

    private Exception Wrap(string permission, Exception exception)
    {
        var code = AwsFailure.Code(exception);
        if (code.StartsWith("InvalidSubnetI", StringComparison.OrdinalIgnoreCase))
            return new InvalidFlagException(
                "subnets",
                $"--subnets: {AwsFailure.Said(exception)}, says EC2 in {questions.Region}: check the ids, the region of --zones and the "
                    + $"account"
            );
        if (code.StartsWith("InvalidVpcI", StringComparison.OrdinalIgnoreCase))
            return new InvalidFlagException(
                "network-id",
                $"--network-id: {AwsFailure.Said(exception)}, says EC2 in {questions.Region}: check the id, the region of --zones and "
                    + $"the account"
            );
        if (code.StartsWith("InvalidAMIID", StringComparison.OrdinalIgnoreCase))
            return new CloudLookupException(
                $"{AwsFailure.Said(exception)}, says EC2 in {questions.Region}: check spec.image of the instance groups, the region and "
                    + "the account",
                exception
            );
        return new CloudLookupException(
            $"EC2 in {questions.Region} cannot be asked for {Subject}: "
                + $"{AwsFailure.Explain(exception, "EC2", permission, "the region of --zones")}, {Offline}",
            exception
        );
    }
}
