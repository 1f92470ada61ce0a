using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests.Stub;

/// <summary>Where on AWS a bucket is.</summary>
public sealed class S3RegionTests
{
    [Theory]
    [InlineData("", "us-east-1")]
    [InlineData("EU", "eu-west-1")]
    [InlineData("ap-southeast-2", "ap-southeast-2")]
    public async Task The_location_of_the_bucket_is_asked_for_once(string location, string region)
    {
        var service = new StubService(request =>
            Is(request, "location") ? (200, $"<LocationConstraint>{location}</LocationConstraint>", null) : (200, "content", null)
        );
        await using var driver = Open(service);

        await driver.OpenReadAsync("key", TestContext.Current.CancellationToken);
        await driver.OpenReadAsync("key", TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "GET bucket.s3.dualstack.us-east-1.amazonaws.com/?location",
                $"GET bucket.s3.dualstack.{region}.amazonaws.com/key",
                $"GET bucket.s3.dualstack.{region}.amazonaws.com/key",
            ],
            service.Asked
        );
        Assert.All(
            service.Requests.Skip(1),
            request => Assert.Contains($"/{region}/s3/", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(200)]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(403)]
    public async Task Where_asking_is_denied_a_header_tells(int head)
    {
        var service = new StubService(request =>
            Is(request, "location") ? (403, StubService.Error("AccessDenied"), null)
            : request.Method == HttpMethod.Head ? (head, string.Empty, "eu-north-1")
            : (200, "content", null)
        );
        await using var driver = Open(service);

        await driver.OpenReadAsync("key", TestContext.Current.CancellationToken);

        Assert.Contains("bucket.s3.dualstack.eu-north-1.amazonaws.com", service.Asked.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_nobody_knows_is_an_error_and_is_asked_for_again()
    {
        var service = new StubService(_ => (404, StubService.Error("NoSuchBucket"), null));
        await using var driver = Open(service);

        for (var i = 1; i <= 2; i++)
        {
            var e = await Assert.ThrowsAsync<StoreException>(async () =>
                await driver.OpenReadAsync("key", TestContext.Current.CancellationToken)
            );
            Assert.Equal(StoreErrorKind.StoreNotFound, e.Kind);
            Assert.Equal(i, service.Requests.Count);
        }
    }

    [Fact]
    public async Task A_bucket_with_dots_is_reached_by_path_so_that_its_certificate_is_valid()
    {
        var service = new StubService(request => Is(request, "location") ? (200, "<LocationConstraint/>", null) : (200, "content", null));
        await using var driver = new S3StoreDriver("my.dotted.bucket", "s3://my.dotted.bucket", Options(service), TimeProvider.System);

        await driver.OpenReadAsync("key", TestContext.Current.CancellationToken);

        Assert.Equal("GET s3.dualstack.us-east-1.amazonaws.com/my.dotted.bucket/key", service.Asked.Last());
    }

    private static bool Is(HttpRequestMessage request, string query) =>
        request.RequestUri!.Query.StartsWith("?" + query, StringComparison.Ordinal);

    private static S3Options Options(StubService service) =>
        S3Presets.Aws with
        {
            AccessKey = new S3AccessKey("id", "secret"),
            WrapNetwork = _ => service,
            MaxRetries = 0,
        };

    private static S3StoreDriver Open(StubService service) => new("bucket", "s3://bucket", Options(service), TimeProvider.System);
}
