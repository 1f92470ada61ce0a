using System.Net;
using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;
using Xunit;

namespace Kops.Vfs.Rest.Tests.Network;

/// <summary>A program brings its own connections, as hosts of .NET do with <c>IHttpClientFactory</c>.</summary>
public sealed class GivenHandlersTests
{
    [Fact]
    public async Task Each_request_asks_for_its_handler_and_none_is_closed_with_the_store()
    {
        var token = TestContext.Current.CancellationToken;
        var given = new List<Answering>();
        var options = new NetworkOptions
        {
            HttpHandlers = () =>
            {
                given.Add(new Answering());
                return given[^1];
            },
        };

        using (var http = StoreNetwork.Create(options, TimeProvider.System))
        {
            using var first = await http.GetAsync(new Uri("http://nowhere.invalid/"), token);
            using var second = await http.GetAsync(new Uri("http://nowhere.invalid/"), token);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        }

        Assert.Equal(2, given.Count);
        Assert.All(given, handler => Assert.False(handler.IsClosed));
    }

    [Fact]
    public async Task What_is_sent_through_them_is_told_and_watched_as_through_connections_of_the_stores_own()
    {
        var told = new List<RequestTry>();
        await using var server = await WebServer.StartAsync(context => Task.CompletedTask);
        using var sockets = new SocketsHttpHandler();
        var trace = new RequestTrace();
        trace.To(told.Add);
        using var http = StoreNetwork.Create(new NetworkOptions { HttpHandlers = () => sockets }, TimeProvider.System, trace);

        using var answer = await http.GetAsync(new Uri(server.Address), TestContext.Current.CancellationToken);

        Assert.Equal("HTTP 200", Assert.Single(told).Outcome);
    }

    [Fact]
    public void How_connections_are_made_is_said_in_one_place()
    {
        var options = new NetworkOptions { HttpHandlers = () => new Answering(), Proxy = new Uri("http://proxy:3128") };

        var e = Assert.Throws<ArgumentException>(() => StoreNetwork.Create(options, TimeProvider.System));

        Assert.Contains("set there what Proxy says", e.Message, StringComparison.Ordinal);
    }

    private sealed class Answering : HttpMessageHandler
    {
        public bool IsClosed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
