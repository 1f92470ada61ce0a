using Amazon.Runtime;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

public sealed class S3CredentialTests(S3Server server)
{
    [Fact]
    public async Task Credentials_of_the_SDK_that_a_program_has_are_taken_before_all_others()
    {
        var token = TestContext.Current.CancellationToken;
        var key = server.Options.AccessKey!;
        await using var driver = server.Open(
            await server.CreateBucketAsync(token),
            options =>
                options with
                {
                    Credentials = new BasicAWSCredentials(key.Id, key.Secret),
                    AccessKey = new S3AccessKey("nobody", "wrong"),
                }
        );

        Assert.Null(await driver.StatAsync("key", token));
    }

    [Fact]
    public void They_are_in_no_text_of_the_options() =>
        Assert.DoesNotContain(
            "very-secret",
            (S3Presets.Aws with { Credentials = new BasicAWSCredentials("id", "very-secret") }).ToString(),
            StringComparison.Ordinal
        );
}
