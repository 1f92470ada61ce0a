using System.Net;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Swift.Configuration;
using Kops.Vfs.Swift.Identity;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SwiftServer))]

// Six Python programs with a thread each are the server: tests side by side would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Kops.Vfs.Swift.Tests.Servers;

/// <summary>
/// The Swift and Keystone that all tests of this project share: started by <c>eng/servers/swift.sh </c>; or, where <c>KOPS_TEST_SWIFT </c>
/// is set,
/// those whose values (what that script prints) are in the environment.
/// </summary>
public sealed class SwiftServer : IAsyncLifetime
{
    private const string AccountVariable = "KOPS_TEST_SWIFT_ACCOUNT";
    private const string TokenVariable = "KOPS_TEST_SWIFT_TOKEN";
    private static int s_containers;
    private readonly HttpClient _http = new(new PatientHandler());
    private ServerScript? _script;
    private IReadOnlyDictionary<string, string>? _values;
    private string? _reason;
    private string? _token;

    /// <summary>What the script said.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            Assert.SkipWhen(_values is null, _reason ?? "no Swift server");
            return _values!;
        }
    }

    /// <summary>Options for the user who owns the containers, with a password.</summary>
    public SwiftOptions Options => OptionsOf(Values["OS_AUTH_URL"], Values["PASSWORD"]) with { Lock = Quick };

    /// <summary>The same with a token that all tests share: this Keystone makes about one in a second.</summary>
    public SwiftOptions TokenOptions => OptionsOf(Account, _token!) with { Lock = Quick };

    /// <summary>The times of the lock for tests that do not race: one writer at a time needs no long settle.</summary>
    public static LockOptions Quick { get; } =
        new()
        {
            Settle = TimeSpan.FromMilliseconds(800),
            Poll = TimeSpan.FromMilliseconds(100),
            Linger = TimeSpan.FromMilliseconds(400),
            Lease = TimeSpan.FromSeconds(40),
        };

    /// <summary>The account's address.</summary>
    public Uri Account => new($"{Values["SWIFT_URL"]}/v1/AUTH_{Values["PROJECT_ID"]}");

    /// <summary>What another process needs for <see cref="FromEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [AccountVariable] = Account.AbsoluteUri, [TokenVariable] = _token! };

    /// <summary>Options for the server of the process that started this one: those of the program.</summary>
    public static SwiftOptions FromEnvironment() =>
        OptionsOf(
            new Uri(System.Environment.GetEnvironmentVariable(AccountVariable)!),
            System.Environment.GetEnvironmentVariable(TokenVariable)!
        );

    public async ValueTask InitializeAsync()
    {
        if (System.Environment.GetEnvironmentVariable("KOPS_TEST_SWIFT") is not null)
        {
            string[] names = ["OS_AUTH_URL", "SWIFT_URL", "PASSWORD", "PROJECT_ID", "USER_ID"];
            _values = names.ToDictionary(
                name => name,
                name => System.Environment.GetEnvironmentVariable(name) ?? string.Empty,
                StringComparer.Ordinal
            );
        }
        else
        {
            (_script, _reason) = await ServerScript.StartAsync("swift");
            _values = _script?.Values;
        }

        if (_values is not null)
            (_token, _) = await IssueAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>Makes an empty container.</summary>
    public async Task<string> CreateContainerAsync(params (string Name, string Value)[] headers)
    {
        _ = Values;
        var container = $"kops-{System.Environment.ProcessId}-{Interlocked.Increment(ref s_containers)}";
        await SendAsync(HttpMethod.Put, $"/{container}", null, headers);
        return container;
    }

    /// <summary>A driver of a container, in its lock.</summary>
    public LockLayer Open(string container, Func<SwiftOptions, SwiftOptions>? change = null) =>
        SwiftStores.Open(container, "swift://" + container, change is null ? TokenOptions : change(TokenOptions), TimeProvider.System);

    /// <summary>A driver without the lock, as another program would write.</summary>
    public SwiftStoreDriver OpenBare(string container, Func<SwiftOptions, SwiftOptions>? change = null) =>
        new(container, "swift://" + container, change is null ? TokenOptions : change(TokenOptions), TimeProvider.System);

    /// <summary>Sends a request as the owner, to set the scene and to check from outside.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, Account.AbsoluteUri + path)
        {
            Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Headers.Add("X-Auth-Token", _token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _http.SendAsync(request);
        return response.StatusCode is HttpStatusCode.NotFound ? response : response.EnsureSuccessStatusCode();
    }

    /// <summary>A token of the owner's, and how to revoke it.</summary>
    public async Task<(string Token, Func<Task> Revoke)> IssueAsync()
    {
        var body = KeystoneRequest.Write(Options.SignIn!);
        using var response = (
            await _http.PostAsync(
                Values["OS_AUTH_URL"] + "/auth/tokens",
                new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }
            )
        ).EnsureSuccessStatusCode();
        var token = response.Headers.GetValues("X-Subject-Token").Single();
        return (
            token,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Delete, Values["OS_AUTH_URL"] + "/auth/tokens");
                request.Headers.Add("X-Auth-Token", token);
                request.Headers.Add("X-Subject-Token", token);
                (await _http.SendAsync(request)).EnsureSuccessStatusCode();
            }
        );
    }

    /// <summary>Makes an application credential of the owner's.</summary>
    public async Task<(string Id, string Name, string Secret)> CreateApplicationCredentialAsync()
    {
        var name = "kops-" + Guid.NewGuid().ToString("N");
        var (token, _) = await IssueAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{Values["OS_AUTH_URL"]}/users/{Values["USER_ID"]}/application_credentials"
        )
        {
            Content = new StringContent(
                $$$"""{"application_credential":{"name":"{{{name}}}","secret":"hush"}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("X-Auth-Token", token);
        using var response = (await _http.SendAsync(request)).EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (json.RootElement.GetProperty("application_credential").GetProperty("id").GetString()!, name, "hush");
    }

    private static SwiftOptions OptionsOf(Uri account, string token) =>
        new()
        {
            SignIn = new KeystoneSignIn { Token = new Secret(token) },
            StorageUrl = account,
        };

    private static SwiftOptions OptionsOf(string authUrl, string password) =>
        new()
        {
            SignIn = new KeystoneSignIn
            {
                AuthUrl = new Uri(authUrl),
                UserName = "demo",
                UserDomainId = "default",
                Password = new Secret(password),
                ProjectName = "demo",
                ProjectDomainId = "default",
            },
        };
}
