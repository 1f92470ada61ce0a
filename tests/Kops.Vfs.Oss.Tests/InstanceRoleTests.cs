using Kops.Vfs.Conformance;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Server;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>Keys of the instance that this runs on, from a metadata service that gives a new one each time.</summary>
public sealed class InstanceRoleTests
{
    private const string Roles = "/latest/meta-data/ram/security-credentials/";
    private int _given;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_used_until_shortly_before_it_ends_and_then_renewed()
    {
        var clock = new MovableClock();
        await using var metadata = await MetadataAsync(clock);
        await using var server = await OssServer.StartAsync(
            new OssServerOptions { Readers = Enumerable.Range(1, 3).Select(Account).ToList() }
        );
        server.CreateBucket("bucket");
        await using var driver = Open(server, metadata, clock);

        Assert.Null(await driver.StatAsync("key", Token));
        Assert.Null(await driver.StatAsync("key", Token));
        Assert.Equal(1, _given);
        clock.Advance = TimeSpan.FromMinutes(4);
        Assert.Null(await driver.StatAsync("key", Token));
        Assert.Equal(2, _given);
    }

    [Fact]
    public async Task A_key_that_is_refused_before_its_time_is_renewed_once()
    {
        var clock = new MovableClock();
        await using var metadata = await MetadataAsync(clock);
        await using var server = await OssServer.StartAsync(
            new OssServerOptions { Readers = [Account(1) with { Expires = DateTimeOffset.UnixEpoch }, Account(2)] }
        );
        server.CreateBucket("bucket");
        await using var driver = Open(server, metadata, clock);

        Assert.Null(await driver.OpenReadAsync("key", Token));

        Assert.Equal(2, _given);
    }

    private static OssAccount Account(int number) => new($"STS.{number}", $"secret-{number}", $"token-{number}");

    private static OssStoreDriver Open(OssServer server, WebServer metadata, TimeProvider clock) =>
        new(
            "bucket",
            "oss://bucket",
            new OssOptions
            {
                Endpoint = server.Address,
                Region = server.Options.Region,
                PathStyle = true,
                MetadataAddress = new Uri(metadata.Address + "/"),
            },
            clock
        );

    private Task<WebServer> MetadataAsync(TimeProvider clock) =>
        WebServer.StartAsync(context =>
        {
            var path = context.Request.Path.Value!;
            if (path == "/latest/api/token")
                return WebServer.SayAsync(context, context.Request.Method == "PUT" ? "session" : string.Empty);
            if (context.Request.Headers["X-aliyun-ecs-metadata-token"] != "session")
            {
                context.Response.StatusCode = 403;
                return Task.CompletedTask;
            }

            if (path == Roles)
                return WebServer.SayAsync(context, "kops-role\n");
            var account = Account(Interlocked.Increment(ref _given));
            return WebServer.SayAsync(
                context,
                $$"""
                {
                  "Code": "Success",
                  "AccessKeyId": "{{account.Id}}",
                  "AccessKeySecret": "{{account.Secret}}",
                  "SecurityToken": "{{account.Token}}",
                  "Expiration": "{{clock.GetUtcNow().AddMinutes(8):yyyy-MM-ddTHH:mm:ssZ}}"
                }
                """
            );
        });

    private sealed class MovableClock : TimeProvider
    {
        public TimeSpan Advance { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Advance;
    }
}
