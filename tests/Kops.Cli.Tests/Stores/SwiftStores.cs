using System.Text;
using System.Text.Json;
using Kops.Vfs.Conformance.Servers;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>Makes containers of OpenStack Swift.</summary>
internal static class SwiftStores
{
    private static readonly SemaphoreSlim OneSignIn = new(1);
    private static (string Token, string Account)? s_signedIn;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async ValueTask<StoreAtHand> CreateAsync(TestServers servers)
    {
        var values = await servers.StartAsync("swift");
        var (token, account) = await SignInAsync(values);
        var container = TestServers.NewName();
        using var http = new HttpClient(new PatientHandler());
        using var create = new HttpRequestMessage(HttpMethod.Put, $"{account}/{container}") { Headers = { { "X-Auth-Token", token } } };
        using var created = await http.SendAsync(create, Token);
        Assert.True(created.IsSuccessStatusCode, $"the container was not made: {created.StatusCode}");

        var clouds = Path.Combine(Directory.CreateTempSubdirectory("kops-clouds-").FullName, "clouds.yaml");
        await File.WriteAllTextAsync(
            clouds,
            $$"""
            clouds:
              here:
                auth: {auth_url: "{{values["OS_AUTH_URL"]}}", username: demo, password: "{{values[
                "PASSWORD"
            ]}}", project_name: demo, user_domain_id: default, project_domain_id: default}
            """,
            Token
        );
        return new StoreAtHand(
            $"swift://{container}",
            new Dictionary<string, string> { ["OS_TOKEN"] = token, ["OS_STORAGE_URL"] = account }
        )
        {
            Secrets = [token, values["PASSWORD"]],
            Profile = $"    credentials: {{cloud: here, file: {clouds}}}\n",
        };
    }

    /// <summary>Signs in once: this Keystone makes about one token in a second.</summary>
    private static async Task<(string Token, string Account)> SignInAsync(IReadOnlyDictionary<string, string> values)
    {
        await OneSignIn.WaitAsync(Token);
        try
        {
            if (s_signedIn is { } known)
                return known;
            using var http = new HttpClient(new PatientHandler());
            var domain = new { id = "default" };
            var body = JsonSerializer.Serialize(
                new
                {
                    auth = new
                    {
                        identity = new
                        {
                            methods = new[] { "password" },
                            password = new
                            {
                                user = new
                                {
                                    name = "demo",
                                    domain,
                                    password = values["PASSWORD"],
                                },
                            },
                        },
                        scope = new { project = new { name = "demo", domain } },
                    },
                }
            );
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(values["OS_AUTH_URL"] + "/auth/tokens", content, Token);
            Assert.True(answer.IsSuccessStatusCode, $"nobody could sign in: {answer.StatusCode}");
            return (
                s_signedIn = (answer.Headers.GetValues("X-Subject-Token").Single(), $"{values["SWIFT_URL"]}/v1/AUTH_{values["PROJECT_ID"]}")
            ).Value;
        }
        finally
        {
            OneSignIn.Release();
        }
    }
}
