using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>A page in place of S3.</summary>
public sealed class S3ForeignAnswerTests : StoreForeignAnswers
{
    protected override IStoreDriver Open(Uri server) =>
        new S3StoreDriver(
            "bucket",
            "s3://bucket",
            S3Presets.Compatible with
            {
                Endpoint = server,
                AccessKey = new S3AccessKey("id", "secret"),
                Region = "us-east-1",
                Encryption = S3Encryption.None,
            },
            TimeProvider.System
        );

    /// <summary>Who speaks as S3 does says 204, or has ids for its answers.</summary>
    [Fact]
    public async Task An_empty_200_in_place_of_a_deletion_is_no_word_that_something_is_gone()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = 200;
            if (context.Request.Method == "HEAD")
                context.Response.Headers.ETag = "\"0123456789abcdef0123456789abcdef\"";
            return Task.CompletedTask;
        });
        await using var driver = Open(new Uri(server.Address));

        var failure = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.DeleteAsync("key", WriteCondition.Any, TestContext.Current.CancellationToken)
        );

        Assert.Contains("HTTP 200", failure.Message, StringComparison.Ordinal);
    }
}
