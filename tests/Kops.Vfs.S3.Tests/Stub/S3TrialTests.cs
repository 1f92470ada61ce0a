using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests.Stub;

/// <summary>What is asked of a bucket as such can be tried, and what is missing is named.</summary>
public sealed class S3TrialTests
{
    [Theory]
    [InlineData("location", false, "locate", "s3:GetBucketLocation")]
    [InlineData("encryption", true, "encryption", "s3:GetEncryptionConfiguration")]
    public async Task A_right_on_the_bucket_that_is_missing_is_named(string denied, bool writes, string name, string permission)
    {
        var service = new StubService(request =>
            request.RequestUri!.Query.Contains(denied, StringComparison.Ordinal)
                ? (403, StubService.Error("AccessDenied"), "eu-north-1")
                : (200, "<LocationConstraint/>", null)
        );
        await using var driver = new S3StoreDriver(
            "bucket",
            "s3://bucket",
            S3Presets.Aws with
            {
                AccessKey = new S3AccessKey("id", "secret"),
                WrapNetwork = _ => service,
            },
            TimeProvider.System
        );

        var trial = driver.Trials(writes).Single(trial => trial.Name == name);
        var refused = await Assert.ThrowsAsync<StoreException>(async () => await trial.TryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(StoreErrorKind.PermissionDenied, refused.Kind);
        Assert.Contains(permission, refused.Message, StringComparison.Ordinal);
        Assert.Equal(writes ? 2 : 1, driver.Trials(writes).Count);
    }
}
