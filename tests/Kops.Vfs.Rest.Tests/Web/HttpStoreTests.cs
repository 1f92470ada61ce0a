using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Web;
using Xunit;

namespace Kops.Vfs.Rest.Tests.Web;

/// <summary>Files on the web.</summary>
public sealed class HttpStoreTests
{
    private static readonly HttpStoreOptions Options = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetries = 2,
        MaxBytes = 1 << 20,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_read_at_its_address_as_it_is_written()
    {
        await using var server = await WebServer.StartAsync(context =>
            WebServer.SayAsync(context, $"{context.Request.Method} {WebServer.Target(context)}", "\"one\"")
        );
        await using var registry = Registry();
        var path = registry.Resolve(server.Address + "/a%20b//c/file.yaml?ref=x/y&z=%2F#line5");

        var read = await path.ReadAsync(Token);

        Assert.Equal(("GET /a%20b//c/file.yaml?ref=x/y&z=%2F", "\"one\""), (read!.Text, read.Version.Value));
        Assert.Equal(server.Address + "/a%20b//c/file.yaml?ref=x/y&z=%2F", path.ToString());
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Without_an_ETag_the_content_is_the_version()
    {
        var text = "1";
        await using var server = await WebServer.StartAsync(context => WebServer.SayAsync(context, text));
        await using var registry = Registry();
        var path = registry.Resolve(server.Address + "/file");

        var (first, again) = ((await path.ReadAsync(Token))!.Version, (await path.StatAsync(Token))!.Version);
        text = "2";

        Assert.Equal(first, again);
        Assert.NotEqual(first, (await path.ReadAsync(Token))!.Version);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_not_there_is_absent(int status)
    {
        await using var server = await WebServer.SayingAsync(status);
        await using var registry = Registry();

        Assert.Null(await registry.Resolve(server.Address + "/file").ReadAsync(Token));
        Assert.Null(await registry.Resolve(server.Address + "/file").StatAsync(Token));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_server_that_fails_is_asked_again_a_bounded_number_of_times(int status)
    {
        var failures = 2;
        await using var server = await WebServer.StartAsync(context =>
        {
            if (failures-- <= 0)
                return WebServer.SayAsync(context, "content");
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var registry = Registry();

        Assert.Equal("content", await registry.Resolve(server.Address + "/file").ReadTextAsync(Token));
        Assert.Equal(3, server.Requests);
        failures = 100;
        var e = await Assert.ThrowsAsync<StoreException>(async () => await registry.Resolve(server.Address + "/file").ReadAsync(Token));
        Assert.True(e.IsTransient);
        Assert.Contains($"[HTTP {status}]", e.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again_and_never_short()
    {
        var breaks = 2;
        await using var server = await WebServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 7;
            await WebServer.SayAsync(context, breaks > 0 ? "con" : "content");
            if (breaks-- <= 0)
                return;
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var registry = Registry();

        Assert.Equal("content", await registry.Resolve(server.Address + "/file").ReadTextAsync(Token));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task In_a_thousand_reads_on_a_bad_network_each_is_whole()
    {
        await using var server = await WebServer.StartAsync(context =>
            WebServer.SayAsync(context, new string('x', 5000) + WebServer.Target(context))
        );
        Fault[] faults = [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.ServerError, Fault.Delay];
        var random = new Random(7);
        await using var proxy = new FaultProxy(
            new Uri(server.Address),
            _ =>
            {
                lock (random)
                    return random.Next(100) < 15 ? faults[random.Next(faults.Length)] : Fault.None;
            }
        );
        await using var registry = Registry(Options with { MaxRetries = 12 });

        await Parallel.ForAsync(
            0,
            1000,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token },
            async (i, token) =>
            {
                var address = new Uri(proxy.Address, $"/file/{i}");
                Assert.Equal(new string('x', 5000) + address.AbsolutePath, await registry.Resolve(address.ToString()).ReadTextAsync(token));
            }
        );

        Assert.True(proxy.Faults > 100, $"only {proxy.Faults} faults");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_long_is_given_up_whether_the_server_says_so_or_not(bool says)
    {
        await using var server = await WebServer.StartAsync(async context =>
        {
            if (says)
                context.Response.ContentLength = 1L << 40;
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        });
        await using var registry = Registry();

        var e = await Assert.ThrowsAsync<StoreException>(async () => await registry.Resolve(server.Address + "/file").ReadAsync(Token));

        Assert.Equal((StoreErrorKind.InvalidArgument, false, 1), (e.Kind, e.IsTransient, server.Requests));
        Assert.Contains("it is longer than 1 MiB", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_addresses_are_followed_but_not_for_ever()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            if (WebServer.Target(context) is not ("/file" or "/loop"))
                return WebServer.SayAsync(context, WebServer.Target(context));
            context.Response.Redirect(WebServer.Target(context) is "/loop" ? "/loop" : "/moved/file");
            return Task.CompletedTask;
        });
        await using var registry = Registry();

        Assert.Equal("/moved/file", await registry.Resolve(server.Address + "/file").ReadTextAsync(Token));
        var e = await Assert.ThrowsAsync<StoreException>(async () => await registry.Resolve(server.Address + "/loop").ReadAsync(Token));
        Assert.Contains("more than 5 times", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, StoreErrorKind.Unauthenticated)]
    [InlineData(403, StoreErrorKind.PermissionDenied)]
    [InlineData(400, StoreErrorKind.Other)]
    public async Task A_refusal_is_reported_with_its_cure_and_not_tried_again(int status, StoreErrorKind kind)
    {
        await using var server = await WebServer.SayingAsync(status);
        await using var registry = Registry();

        var e = await Assert.ThrowsAsync<StoreException>(async () => await registry.Resolve(server.Address + "/file").ReadAsync(Token));

        Assert.Equal((kind, false, 1), (e.Kind, e.IsTransient, server.Requests));
        Assert.Contains($"[HTTP {status}]", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/file", "no connection to http://127.0.0.1:1")]
    [InlineData("http://no-such-host.invalid/file", "the host of http://no-such-host.invalid cannot be found")]
    public async Task A_server_that_cannot_be_reached_is_named(string address, string message)
    {
        await using var registry = Registry();

        var e = await Assert.ThrowsAsync<StoreException>(async () => await registry.Resolve(address).ReadAsync(Token));

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com", "names a server and no file")]
    [InlineData("https:///file", "is not an address")]
    [InlineData("https://me:open-sesame@example.com/file", "ends up in logs")]
    public void An_address_that_is_none_of_a_file_is_refused_without_saying_its_password(string address, string message)
    {
        var e = Assert.Throws<StoreException>(() => Registry().Resolve(address));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_written_deleted_or_listed()
    {
        await using var registry = Registry();
        var path = registry.Resolve("https://example.com/dir/file");
        Func<Task>[] attempts =
        [
            async () => await path.WriteTextAsync("x", WriteCondition.Any, Token),
            async () => await path.DeleteAsync(WriteCondition.Any, Token),
            async () => await path.ListAsync(Token).CountAsync(Token),
        ];

        Assert.False(path.Store.Capabilities.Writable);
        foreach (var attempt in attempts)
            Assert.Equal(StoreErrorKind.Unsupported, (await Assert.ThrowsAsync<StoreException>(attempt)).Kind);
    }

    private static StoreRegistry Registry(HttpStoreOptions? options = null)
    {
        var registry = new StoreRegistry();
        new StoreOpener<HttpStoreOptions>(HttpStores.Kind, _ => options ?? Options, TimeProvider.System).AddTo(registry);
        return registry;
    }
}
