using Amazon.EC2;
using Amazon.Runtime;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Cloud.Aws;

/// <summary>Turns what the SDK throws into messages that name the cure; the facts file is always one.</summary>
internal sealed class AwsErrors(CloudQuestions questions)
{
    private const string Offline = "or describe it in a file that KOPS_CLOUD_FACTS names, and nothing is asked";
    private static readonly string[] CredentialWords = ["credential", "profile", "token", "sso", "role"];

    private string Subject => questions switch
    {
        { Subnets.Count: > 0 } => $"the subnets {string.Join(", ", questions.Subnets)} (--subnets, --utility-subnets)",
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
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or TimeoutException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw Wrap(permission, e);
        }
    }

    private Exception Wrap(string permission, Exception exception)
    {
        var code = (exception as AmazonServiceException)?.ErrorCode ?? string.Empty;
        if (code.StartsWith("InvalidSubnetI", StringComparison.OrdinalIgnoreCase))
            return new InvalidFlagException("subnets", $"--subnets: {Said(exception)}, says EC2 in {questions.Region}: check the ids, the region of --zones and the account");
        if (code.StartsWith("InvalidVpcI", StringComparison.OrdinalIgnoreCase))
            return new InvalidFlagException("network-id", $"--network-id: {Said(exception)}, says EC2 in {questions.Region}: check the id, the region of --zones and the account");
        return new CloudLookupException($"EC2 in {questions.Region} cannot be asked for {Subject}: {Explain(code, permission, exception)}, {Offline}", exception);
    }

    private static string Explain(string code, string permission, Exception exception) => code switch
    {
        "UnauthorizedOperation" or "AccessDenied" or "AccessDeniedException" => $"the credentials lack the permission {permission}; allow it in their policy",
        "AuthFailure" or "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" =>
            "the access key is not known there; check AWS_ACCESS_KEY_ID, AWS_PROFILE, and that the account has the region enabled",
        "SignatureDoesNotMatch" => "the secret key is wrong; check AWS_SECRET_ACCESS_KEY, also for blanks and line ends",
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => "the session has expired, or this machine's clock is wrong; sign in again ('aws sso login', or a new AWS_SESSION_TOKEN)",
        "OptInRequired" => "the account has not enabled the region; enable it in the account's settings",
        "RequestLimitExceeded" or "Throttling" or "ThrottlingException" => "EC2 asks to slow down; try again later",
        { Length: > 0 } => $"{Said(exception)} ({code})",
        _ when exception is AmazonClientException && CredentialWords.Any(word => exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
            "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run 'aws sso login'",
        _ => $"there is no connection ({exception.GetBaseException().Message}); check the network, the proxy and the region of --zones",
    };

    private static string Said(Exception exception) => exception.Message.Split('\n')[0].Trim().TrimEnd('.');
}
