using System.Net;
using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Vfs.Conformance.Servers;
using Xunit;

namespace Kops.Cloud.Aws.Tests;

public sealed class Keys_encrypt(MotoServer moto)
{
    private const string Arn = "arn:aws:kms:eu-west-1:123456789012:key/0a1b";
    private static readonly byte[] Text = "in the clear"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_one_request_and_KMS_opens_it_without_being_told_the_key(bool byAlias)
    {
        using var admin = Admin();
        var arn = (await admin.CreateKeyAsync(new CreateKeyRequest(), Token)).KeyMetadata.Arn;
        if (byAlias)
        {
            await admin.CreateAliasAsync("alias/review", arn, Token);
            arn = arn[..(arn.LastIndexOf(':') + 1)] + "alias/review";
        }

        using var counting = new CountingHandler();
        counting.InnerHandler = new SocketsHttpHandler();
        using var http = new HttpClient(counting);
        var encrypted = await new AwsKms(moto.Options, http).EncryptAsync(KmsKey.Parse(arn), Text, Token);

        Assert.Equal("POST", counting.Take());
        using var blob = new MemoryStream(encrypted);
        Assert.Equal(Text, (await admin.DecryptAsync(new DecryptRequest { CiphertextBlob = blob }, Token)).Plaintext.ToArray());
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_named_with_its_flag()
    {
        using var http = new HttpClient();
        var refused = await Assert.ThrowsAsync<InvalidFlagException>(() =>
            new AwsKms(moto.Options, http).EncryptAsync(KmsKey.Parse(Arn), Text, Token)
        );

        Assert.Equal(
            $"--kms-key: the key '{Arn}' is not in its account and region; check the ARN, or make the key ('aws kms create-key --region "
                + $"eu-west-1')",
            refused.Message
        );
    }

    [Theory]
    [InlineData("DisabledException", "is disabled; enable it ('aws kms enable-key --region eu-west-1")]
    [InlineData("KMSInvalidStateException", "cannot be used as it is (in other words); cancel its deletion")]
    [InlineData("InvalidKeyUsageException", "name a symmetric key")]
    public async Task A_key_that_cannot_be_used_is_named_with_its_flag(string code, string cure)
    {
        var refused = await Assert.ThrowsAsync<InvalidFlagException>(() => EncryptAsync(_ => Answer(400, code)));

        Assert.StartsWith($"--kms-key: the key '{Arn}' ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(cure, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        400,
        "AccessDeniedException",
        "lack the permission kms:Encrypt on it; allow it in their policy, or in the key's own (in other words)"
    )]
    [InlineData(400, "UnrecognizedClientException", "check AWS_ACCESS_KEY_ID")]
    [InlineData(400, "InvalidSignatureException", "check AWS_SECRET_ACCESS_KEY")]
    [InlineData(400, "ExpiredTokenException", "aws sso login")]
    [InlineData(500, "KeyUnavailableException", "try again later")]
    [InlineData(500, "DependencyTimeoutException", "try again later")]
    [InlineData(500, "KMSInternalException", "try again later")]
    [InlineData(400, "SomethingNew", "in other words (SomethingNew)")]
    public async Task An_answer_that_refuses_names_the_cure(int status, string code, string cure)
    {
        var failure = await Assert.ThrowsAsync<CloudLookupException>(() => EncryptAsync(_ => Answer(status, code)));

        Assert.StartsWith($"KMS in eu-west-1 cannot encrypt with {Arn}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cure, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Text), failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_connection()
    {
        var failure = await Assert.ThrowsAsync<CloudLookupException>(() =>
            EncryptAsync(_ => throw new HttpRequestException("Connection refused"))
        );

        Assert.Contains(
            "there is no connection (Connection refused); check the network, the proxy and the region in the ARN",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_credentials()
    {
        var options = AwsOptions.Read(new Dictionary<string, string> { ["AWS_PROFILE"] = "nobody-has-this" }, "KMS");

        var failure = await Assert.ThrowsAsync<CloudLookupException>(() => EncryptAsync(_ => Answer(200, "None"), options));

        Assert.Contains("no AWS credentials were found; set AWS_ACCESS_KEY_ID", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_region_and_the_address_follow_from_the_ARN()
    {
        var asked = new List<Uri>();

        foreach (var arn in new[] { Arn, "arn:aws-cn:kms:cn-north-1:123456789012:alias/our/review" })
        {
            await Assert.ThrowsAsync<CloudLookupException>(() =>
                EncryptAsync(
                    request =>
                    {
                        asked.Add(request.RequestUri!);
                        return Answer(400, "SomethingNew");
                    },
                    arn: arn
                )
            );
        }

        Assert.Equal(["kms.eu-west-1.amazonaws.com", "kms.cn-north-1.amazonaws.com.cn"], asked.Select(uri => uri.Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0a1b")]
    [InlineData("alias/review")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:key/")]
    [InlineData("arn:aws:kms::123456789012:key/0a1b")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:grant/0a1b")]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:key/0a1b\n")]
    [InlineData("arn:aws:kms:evil.example.com/:123456789012:key/0a1b")]
    public void What_is_no_ARN_is_said_to_be_none_and_where_one_is_found(string text)
    {
        var refused = Assert.Throws<InvalidFlagException>(() => KmsKey.Parse(text));

        Assert.Equal("kms-key", refused.Flag);
        Assert.Contains(
            "'aws kms describe-key --key-id ID --query KeyMetadata.Arn' prints a key's ARN",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Its_endpoint_has_a_variable_of_its_own()
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = "http://all.example.com",
            ["AWS_ENDPOINT_URL_KMS"] = "http://kms.example.com",
        };

        Assert.Equal("kms.example.com", AwsOptions.Read(variables, "KMS").Endpoint!.Host);
        Assert.Equal("all.example.com", AwsOptions.Read(variables, "EC2").Endpoint!.Host);
    }

    private static async Task EncryptAsync(
        Func<HttpRequestMessage, HttpResponseMessage> answer,
        AwsOptions? options = null,
        string arn = Arn
    )
    {
        options ??= AwsOptions.Read(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "hidden" },
            "KMS"
        ) with
        {
            MaxRetries = 0,
        };
        using var network = new Stub(answer);
        using var http = new HttpClient(network);
        await new AwsKms(options, http).EncryptAsync(KmsKey.Parse(arn), Text, Token);
    }

    private static HttpResponseMessage Answer(int status, string code) =>
        new((HttpStatusCode)status)
        {
            Content = new StringContent(
                $$"""{"__type":"{{code}}","message":"in other words"}""",
                Encoding.UTF8,
                "application/x-amz-json-1.1"
            ),
        };

    /// <summary>The SDK's own client, to set the scene.</summary>
    private AmazonKeyManagementServiceClient Admin() =>
        new(
            new BasicAWSCredentials("test", "test"),
            new AmazonKeyManagementServiceConfig
            {
                ServiceURL = moto.Options.Endpoint!.AbsoluteUri,
                AuthenticationRegion = MotoServer.Region,
            }
        );
}
