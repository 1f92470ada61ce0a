using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Requests;
using Xunit;

namespace Kops.Vfs.Rest.Tests.Network;

/// <summary>Who asks for it is told of each try, those that failed too.</summary>
public sealed class RequestTraceTests
{
    /// <summary>As drivers make the addresses of objects, so that an encoded slash stays one.</summary>
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [Fact]
    public async Task Each_try_is_told_with_its_outcome_and_without_its_query()
    {
        var token = TestContext.Current.CancellationToken;
        var failures = 2;
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = failures-- > 0 ? 503 : 200;
            return Task.CompletedTask;
        });
        var (trace, told) = (new RequestTrace(), new List<RequestTry>());
        var options = new NetworkOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        using var http = StoreNetwork.Create(options, TimeProvider.System, trace);
        trace.To(told.Add);

        var answer = await new RestRetry(options, TimeProvider.System).RunAsync(SendAsync, token);
        failures = 100;
        var failed = await new RestRetry(options with { MaxRetries = 2 }, TimeProvider.System).RunAsync(SendAsync, token);

        Assert.NotNull(answer.Response);
        Assert.Equal(["HTTP 503", "HTTP 503", "HTTP 200", "HTTP 503", "HTTP 503", "HTTP 503"], told.Select(tried => tried.Outcome));
        Assert.All(told, tried => Assert.Equal(($"{server.Address}/a%2Fb", "GET"), (tried.Address, tried.Method)));
        Assert.Equal("ServiceUnavailable, HTTP 503, 3 tries", failed.Failure!.Describe());

        async ValueTask<RestAnswer> SendAsync(CancellationToken cancellationToken)
        {
            var response = await http.GetAsync(new Uri(server.Address + "/a%2Fb?signature=secret", AsWritten), cancellationToken);
            return response.IsSuccessStatusCode
                ? new RestAnswer(response, null)
                : new RestAnswer(null, RestFailure.From(response, TimeProvider.System));
        }
    }
}
