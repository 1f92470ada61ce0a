using System.Net;
using System.Text;
using Kops.Model.Clouds;
using Xunit;

namespace Kops.Cloud.Aws.Tests;

public sealed class Failures_name_the_cure
{
    private static readonly CloudQuestions Questions = new("aws", "eu-west-1") { Networks = ["vpc-1"] };

    [Theory]
    [InlineData(403, "UnauthorizedOperation", "lack the permission ec2:DescribeVpcs")]
    [InlineData(401, "AuthFailure", "check AWS_ACCESS_KEY_ID")]
    [InlineData(403, "SignatureDoesNotMatch", "check AWS_SECRET_ACCESS_KEY")]
    [InlineData(400, "RequestExpired", "aws sso login")]
    [InlineData(401, "OptInRequired", "has not enabled the region")]
    [InlineData(400, "SomethingNew", "in other words (SomethingNew)")]
    public async Task An_answer_that_refuses(int status, string code, string cure)
    {
        var failure = await FailAsync(_ => Answer(status, code), Options());

        Assert.StartsWith(
            "EC2 in eu-west-1 cannot be asked for the network vpc-1 (--network-id): ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "or describe it in a file that KOPS_CLOUD_FACTS names, and nothing is asked",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_connection()
    {
        var failure = await FailAsync(_ => throw new HttpRequestException("Connection refused"), Options());

        Assert.Contains("there is no connection (Connection refused); check the network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_without_credentials()
    {
        var failure = await FailAsync(
            _ => Answer(200, "None"),
            AwsOptions.Read(new Dictionary<string, string> { ["AWS_PROFILE"] = "nobody-has-this" }, "EC2")
        );

        Assert.Contains("no AWS credentials were found; set AWS_ACCESS_KEY_ID", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again_and_only_so_often()
    {
        var tries = 0;

        await FailAsync(_ => Answer(503, "Unavailable", () => tries++), Options() with { MaxRetries = 1 });

        Assert.Equal(2, tries);
    }

    [Fact]
    public void An_endpoint_that_is_no_address()
    {
        var refused = Assert.Throws<FormatException>(() =>
            AwsOptions.Read(new Dictionary<string, string> { ["AWS_ENDPOINT_URL_EC2"] = "here" }, "EC2")
        );

        Assert.StartsWith("AWS_ENDPOINT_URL_EC2 is 'here', which is not an address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_shown() => Assert.DoesNotContain("hidden", Options().ToString(), StringComparison.Ordinal);

    private static AwsOptions Options() =>
        AwsOptions.Read(new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "hidden" }, "EC2") with
        {
            MaxRetries = 0,
        };

    private static async Task<CloudLookupException> FailAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, AwsOptions options)
    {
        using var network = new Stub(answer);
        using var http = new HttpClient(network);
        return await Assert.ThrowsAsync<CloudLookupException>(() =>
            new AwsLookup(options, http).AnswerAsync(Questions, ProviderFacts.None, TestContext.Current.CancellationToken)
        );
    }

    private static HttpResponseMessage Answer(int status, string code, Action? count = null)
    {
        count?.Invoke();
        var body =
            $"<Response><Errors><Error><Code>{code}</Code><Message>in other "
            + $"words</Message></Error></Errors><RequestID>1</RequestID></Response>";
        return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "text/xml") };
    }
}
