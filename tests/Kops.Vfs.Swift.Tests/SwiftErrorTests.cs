using Kops.Vfs.Drivers;
using Kops.Vfs.Swift.Configuration;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Swift.Tests;

/// <summary>What users are told when something is wrong, by a real Keystone and Swift.</summary>
public sealed class SwiftErrorTests(SwiftServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_names_all_that_can_be_wrong_and_no_secret()
    {
        var e = await FailAsync("read", SignIn(signIn => signIn with { Password = new Secret("hush-hush") }));

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains(
            "Keystone does not accept the user 'demo' of the environment in the project 'demo': check OS_USERNAME, OS_PASSWORD",
            e.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hush-hush", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_project_is_named()
    {
        var e = await FailAsync("list", SignIn(signIn => signIn with { ProjectName = "nowhere" }));

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("in the project 'nowhere'", e.Message, StringComparison.Ordinal);
        Assert.Contains("that OS_PROJECT_NAME and OS_PROJECT_DOMAIN_NAME name the project", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("list")]
    public async Task A_reader_is_told_which_right_is_missing(string operation)
    {
        var e = await FailAsync(operation, SignIn(signIn => signIn with { UserName = "viewer" }), await server.CreateContainerAsync());

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains("access denied: the user 'viewer' may not do this with the container", e.Message, StringComparison.Ordinal);
        Assert.Contains("give the user a role in the project", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_is_told()
    {
        var (token, revoke) = await server.IssueAsync();
        await revoke();

        var e = await FailAsync(
            "read",
            options =>
                options with
                {
                    SignIn = new KeystoneSignIn { Token = new Secret(token) },
                    StorageUrl = server.Account,
                }
        );

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("the object store does not accept the token", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stat")]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("delete")]
    [InlineData("list")]
    public async Task A_container_that_is_not_there_is_not_an_absent_object(string operation)
    {
        var e = await FailAsync(operation, _ => server.TokenOptions, "kops-nowhere");

        Assert.Equal((StoreErrorKind.StoreNotFound, false), (e.Kind, e.IsTransient));
        Assert.Contains("the container 'kops-nowhere' does not exist", e.Message, StringComparison.Ordinal);
        Assert.Contains("openstack container create kops-nowhere", e.Message, StringComparison.Ordinal);
        Assert.Contains("transaction tx", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_region_names_those_that_there_are()
    {
        var e = await FailAsync("read", options => options with { Region = "Mars" });

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(
            "there is no object store in the region 'Mars'; OS_REGION_NAME can be RegionOne",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_address_that_is_no_Keystone_is_named()
    {
        var wrong = new Uri(server.Values["SWIFT_URL"]);
        var e = await FailAsync("read", SignIn(signIn => signIn with { AuthUrl = wrong }));

        Assert.Contains("check OS_AUTH_URL", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Keystone_that_cannot_be_reached_is_named()
    {
        var e = await FailAsync(
            "read",
            options => SignIn(signIn => signIn with { AuthUrl = new Uri("http://127.0.0.1:1/v3") })(options) with { MaxRetries = 1 }
        );

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains("Keystone at http://127.0.0.1:1 cannot be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_credential_signs_in_by_id_and_by_name_and_a_wrong_one_names_the_cure()
    {
        var (id, name, secret) = await server.CreateApplicationCredentialAsync();
        var auth = server.Options.SignIn!.AuthUrl;
        var byId = new KeystoneSignIn
        {
            AuthUrl = auth,
            ApplicationCredentialId = id,
            ApplicationCredentialSecret = new Secret(secret),
        };
        var container = await server.CreateContainerAsync();
        foreach (
            var signIn in (KeystoneSignIn[])
                [
                    byId,
                    byId with
                    {
                        ApplicationCredentialId = null,
                        ApplicationCredentialName = name,
                        UserName = "demo",
                        UserDomainName = "Default",
                    },
                ]
        )
        {
            await using var driver = server.OpenBare(container, _ => server.Options with { SignIn = signIn });
            Assert.Null(await driver.StatAsync("key", Token));
        }

        var e = await FailAsync(
            "read",
            options => options with { SignIn = byId with { ApplicationCredentialSecret = new Secret("wrong") } }
        );

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("openstack application credential create", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_and_a_project_by_id_sign_in_at_an_address_without_a_version()
    {
        var container = await server.CreateContainerAsync();
        var signIn = new KeystoneSignIn
        {
            AuthUrl = new Uri(server.Values["OS_AUTH_URL"].Replace("/v3", "/", StringComparison.Ordinal)),
            UserId = server.Values["USER_ID"],
            Password = new Secret(server.Values["PASSWORD"]),
            ProjectId = server.Values["PROJECT_ID"],
        };
        await using var driver = server.OpenBare(
            container,
            _ => server.Options with { SignIn = signIn, Region = "RegionOne", Interface = "internal" }
        );

        Assert.Null(await driver.StatAsync("key", Token));
    }

    private static Func<SwiftOptions, SwiftOptions> SignIn(Func<KeystoneSignIn, KeystoneSignIn> change) =>
        options => options with { SignIn = change(options.SignIn!) };

    private async Task<StoreException> FailAsync(string operation, Func<SwiftOptions, SwiftOptions> change, string container = "kops-any")
    {
        await using var driver = server.Open(container, _ => change(server.Options));
        return await Assert.ThrowsAsync<StoreException>(async () =>
            await (
                operation switch
                {
                    "stat" => driver.StatAsync("key", Token).AsTask(),
                    "read" => driver.OpenReadAsync("key", Token).AsTask(),
                    "write" => driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token).AsTask(),
                    "delete" => driver.DeleteAsync("key", WriteCondition.Any, Token).AsTask(),
                    _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
                }
            )
        );
    }
}
