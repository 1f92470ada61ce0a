using Kops.Vfs.Rest.Reading;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>What a service makes of the wish to encrypt that kOps has on <c>s3://</c>.</summary>
public sealed class S3EncryptionTests(S3Server server)
{
    [Fact]
    public async Task A_server_without_a_key_store_still_takes_what_kOps_asks_for()
    {
        var token = TestContext.Current.CancellationToken;
        await using var driver = server.Open(
            await server.CreateBucketAsync(token),
            options => options with { Encryption = S3Encryption.BucketDefault }
        );
        var outcome = await driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, token);

        Assert.Equal(WriteResult.Done, outcome.Result);
        Assert.Equal("x", (await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", token))!, token)).Text);
    }
}
