using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Stub;

/// <summary>What is made of answers that a server on loopback does not give.</summary>
public sealed class GcsAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, "rateLimitExceeded", StoreErrorKind.Throttled, true, "slow down")]
    [InlineData(403, "userRateLimitExceeded", StoreErrorKind.Throttled, true, "slow down")]
    [InlineData(403, "accountDisabled", StoreErrorKind.PermissionDenied, false, "the project does not allow this: said the stub")]
    [InlineData(403, "quotaExceeded", StoreErrorKind.QuotaExceeded, false, "quota")]
    [InlineData(500, "backendError", StoreErrorKind.Unavailable, true, "the service failed")]
    [InlineData(503, "backendError", StoreErrorKind.Unavailable, true, "the service failed")]
    [InlineData(408, "uploadBrokenConnection", StoreErrorKind.Unavailable, true, "the service failed")]
    [InlineData(501, "notImplemented", StoreErrorKind.Unsupported, false, "the service cannot do this: said the stub")]
    [InlineData(400, "invalid", StoreErrorKind.InvalidArgument, false, "the service refused the request: said the stub")]
    [InlineData(418, "teapot", StoreErrorKind.Other, false, "the service refused the request: said the stub")]
    public async Task A_failure_has_a_kind_a_cure_and_evidence(
        int status,
        string reason,
        StoreErrorKind kind,
        bool transient,
        string expected
    )
    {
        await using var driver = Open(
            new StubService(_ => StubService.Say(status, StubService.Error(reason), ("X-GUploader-UploadID", "R1")))
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync(driver));

        Assert.Equal((kind, transient), (e.Kind, e.IsTransient));
        Assert.StartsWith("cannot write gs://bucket/key: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($" [{reason}, HTTP {status}, request R1]", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Service Unavailable")]
    [InlineData("<html><body>502</body></html>")]
    public async Task A_failure_that_says_nothing_readable_is_told_by_its_status(string body)
    {
        await using var driver = Open(new StubService(_ => StubService.Say(502, body)));

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));

        Assert.Equal("cannot read gs://bucket/key: the service failed; try again later [BadGateway, HTTP 502]", e.Message);
    }

    [Theory]
    [InlineData("http://localhost:4443", "/storage/v1/b/bucket/o/key")]
    [InlineData("http://localhost:4443/storage/v1/", "/storage/v1/b/bucket/o/key")]
    [InlineData("http://localhost:4443/gcs", "/gcs/storage/v1/b/bucket/o/key")]
    public async Task An_emulator_may_have_a_path_and_may_say_numbers_as_numbers_and_little_else(string endpoint, string path)
    {
        var service = new StubService(_ => StubService.Say(200, """{"name":"key","size":5,"generation":7}"""));
        await using var driver = new GcsStoreDriver(
            "bucket",
            "gs://bucket",
            new GcsOptions
            {
                Endpoint = new Uri(endpoint),
                Anonymous = true,
                WrapNetwork = _ => service,
            },
            TimeProvider.System
        );

        var info = await driver.StatAsync("key", Token);
        var put = await PutAsync(driver);

        Assert.Equal((5, new ObjectVersion("7"), new ObjectVersion("7")), (info!.Size, info.Version, put.Version));
        Assert.Equal(path, service.Requests.First().RequestUri!.AbsolutePath);
        Assert.StartsWith(
            path.Replace("/storage/v1/b/bucket/o/key", "/upload/storage/v1/b/bucket/o", StringComparison.Ordinal),
            service.Requests.Last().RequestUri!.AbsolutePath,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("OK")]
    [InlineData("""{"generation":true}""")]
    public async Task An_answer_that_is_none_is_an_error_and_not_a_crash(string body)
    {
        await using var driver = Open(new StubService(_ => StubService.Say(200, body)));

        foreach (
            var run in (Func<Task>[])
                [
                    () => driver.StatAsync("key", Token).AsTask(),
                    () => PutAsync(driver).AsTask(),
                    () => driver.CopyAsync("key", "copy", WriteCondition.Any, Token).AsTask(),
                ]
        )
        {
            var e = await Assert.ThrowsAsync<StoreException>(run);
            Assert.Contains("the answer is not what the service documents", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_service_is_given_the_time_that_it_asks_for()
    {
        var clock = new SteppingClock();
        var service = new StubService(request =>
            clock.Waits.Count == 0
                ? StubService.Say(429, StubService.Error("rateLimitExceeded"), ("Retry-After", "7"))
                : StubService.Say(200, """{"name":"key","generation":"5","size":"1"}""")
        );
        await using var driver = Open(service, options => options with { MaxRetries = 3 }, clock);

        Assert.Equal("5", (await driver.StatAsync("key", Token))!.Version!.Value.Value);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Fact]
    public async Task Waits_grow_and_end_in_time()
    {
        var clock = new SteppingClock();
        var service = new StubService(_ => StubService.Say(503));
        await using var driver = Open(service, options => options with { MaxRetries = 1000, RetryFor = TimeSpan.FromSeconds(60) }, clock);

        await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));

        Assert.InRange(clock.Waits.Sum(wait => wait.TotalSeconds), 60, 66);
        Assert.All(clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.True(clock.Waits[0] < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_token_is_not_sent_to_another_host()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".json");
        await File.WriteAllTextAsync(
            file,
            """{"type":"authorized_user","client_id":"x","client_secret":"y","refresh_token":"z","quota_project_id":"quota"}""",
            Token
        );
        var service = new StubService(request =>
            request.RequestUri!.Host switch
            {
                "oauth2.googleapis.com" => StubService.Say(200, """{"access_token":"secret","expires_in":3600}"""),
                "storage.googleapis.com" => StubService.Say(200, "{}", ("Location", "https://elsewhere.example/upload?upload_id=1")),
                _ when request.Content!.Headers.ContentRange!.From == 0 => StubService.Say(308, "", ("Range", "bytes=0-8388607")),
                _ => StubService.Say(200, """{"name":"key","generation":"7","size":"9000000"}"""),
            }
        );
        await using var driver = Open(service, options => options with { Anonymous = false, CredentialsFile = file });

        Assert.Equal(
            "7",
            (await driver.PutAsync("key", ObjectBody.FromBytes(new byte[9_000_000]), WriteCondition.Any, Token)).Version!.Value.Value
        );

        File.Delete(file);
        Assert.Equal(
            ["oauth2.googleapis.com", "storage.googleapis.com", "elsewhere.example", "elsewhere.example"],
            service.Requests.Select(request => request.RequestUri!.Host)
        );
        Assert.Equal([null, "Bearer secret", null, null], service.Requests.Select(request => request.Headers.Authorization?.ToString()));
        Assert.Equal("quota", service.Requests.ElementAt(1).Headers.GetValues("X-Goog-User-Project").Single());
    }

    [Fact]
    public async Task Content_without_headers_that_describe_it_is_read_in_the_version_that_is_looked_up()
    {
        var service = new StubService(request =>
            request.RequestUri!.Query.Contains("alt=media", StringComparison.Ordinal)
                ? StubService.Say(200, "content")
                : StubService.Say(200, """{"name":"key","generation":"5","size":"7"}""")
        );
        await using var driver = Open(service);

        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);

        Assert.Equal(("content", "5"), (read.Text, read.Version.Value));
        Assert.Contains("generation=5", service.Requests.Last().RequestUri!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_compressed_at_rest_is_read_as_it_was_before()
    {
        var service = new StubService(request =>
            request.RequestUri!.Query.Contains("alt=media", StringComparison.Ordinal)
                ? StubService.Say(
                    200,
                    "unpacked",
                    ("X-Goog-Generation", "5"),
                    ("X-Goog-Stored-Content-Encoding", "gzip"),
                    ("X-Goog-Hash", "crc32c=AAAAAA==")
                )
                : StubService.Say(200, """{"name":"key","generation":"5","size":"3","contentEncoding":"gzip"}""")
        );
        await using var driver = Open(service);

        Assert.Equal("unpacked", (await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token)).Text);
    }

    [Fact]
    public async Task Who_may_not_list_is_still_told_what_is_absent()
    {
        var service = new StubService(request =>
            request.RequestUri!.AbsolutePath.EndsWith("/o", StringComparison.Ordinal)
                ? StubService.Say(403, StubService.Error("forbidden"))
                : StubService.Say(404, StubService.Error("notFound"))
        );
        await using var driver = Open(service);

        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task Names_are_encoded_whole()
    {
        var service = new StubService(_ => StubService.Say(200, """{"name":"x","generation":"5","size":"7"}"""));
        await using var driver = Open(service);

        await driver.StatAsync("a/b c+%2F?#ü/..x/...", Token);

        Assert.StartsWith(
            "https://storage.googleapis.com/storage/v1/b/bucket/o/a%2Fb%20c%2B%252F%3F%23%C3%BC%2F..x%2F...?",
            service.Requests.Single().RequestUri!.OriginalString,
            StringComparison.Ordinal
        );
    }

    private static ValueTask<WriteOutcome> PutAsync(GcsStoreDriver driver) =>
        driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

    private static GcsStoreDriver Open(StubService service, Func<GcsOptions, GcsOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new GcsOptions
        {
            Anonymous = true,
            WrapNetwork = _ => service,
            MaxRetries = 0,
        };
        return new GcsStoreDriver("bucket", "gs://bucket", change is null ? options : change(options), clock ?? TimeProvider.System);
    }
}
