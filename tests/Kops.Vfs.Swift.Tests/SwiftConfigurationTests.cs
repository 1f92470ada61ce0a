using Kops.Vfs.Profiles;
using Kops.Vfs.Swift.Configuration;
using Xunit;

namespace Kops.Vfs.Swift.Tests;

/// <summary>What the environment and the files of OpenStack say.</summary>
public sealed class SwiftConfigurationTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("kops-swift").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void The_variables_of_an_RC_file_are_taken()
    {
        var options = Read(
            ("OS_AUTH_URL", "https://keystone.example:5000/v3"),
            ("OS_USERNAME", "me"),
            ("OS_PASSWORD", "pw"),
            ("OS_USER_DOMAIN_NAME", "Default"),
            ("OS_PROJECT_ID", "p1"),
            ("OS_PROJECT_NAME", "project"),
            ("OS_PROJECT_DOMAIN_ID", "default"),
            ("OS_REGION_NAME", "'RegionOne'"),
            ("OS_INTERFACE", "internalURL"),
            ("OS_CACERT", "/ca.pem")
        );

        Assert.Equal(
            new KeystoneSignIn
            {
                AuthUrl = new Uri("https://keystone.example:5000/v3"),
                UserName = "me",
                Password = new Secret("pw"),
                UserDomainName = "Default",
                ProjectId = "p1",
                ProjectName = "project",
                ProjectDomainId = "default",
            },
            options.SignIn
        );
        Assert.Equal(
            ("RegionOne", "internal", "/ca.pem", false),
            (options.Region, options.Interface, options.CertificateAuthorityFile, options.AcceptAnyCertificate)
        );
        Assert.DoesNotContain("pw", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_domain_it_is_the_default_one_and_the_projects_is_the_users()
    {
        Assert.Equal(("default", "default"), Domains(("OS_TENANT_NAME", "p")));
        Assert.Equal(("ours", "ours"), Domains(("OS_PROJECT_NAME", "p"), ("OS_DOMAIN_NAME", "ours")));
        Assert.Equal(
            ("ours", "theirs"),
            Domains(("OS_PROJECT_NAME", "p"), ("OS_USER_DOMAIN_NAME", "ours"), ("OS_PROJECT_DOMAIN_NAME", "theirs"))
        );

        (string? User, string? Project) Domains(params (string, string)[] more)
        {
            var signIn = Read([("OS_AUTH_URL", "https://k"), ("OS_USERNAME", "me"), ("OS_PASSWORD", "pw"), .. more]).SignIn!;
            return (signIn.UserDomainName ?? signIn.UserDomainId, signIn.ProjectDomainName ?? signIn.ProjectDomainId);
        }
    }

    [Fact]
    public void A_cloud_is_read_with_its_secrets()
    {
        Write(
            ".config/openstack/clouds.yaml",
            "clouds:\n  one:\n    auth:\n      auth_url: https://one.example/v3\n      username: me\n      project_name: p\n      "
                + "user_domain_name: D\n    region_name: R1\n    interface: internal\n    verify: false\n"
        );
        Write(".config/openstack/secure.yaml", "clouds:\n  one:\n    auth:\n      password: hush\n");

        var options = Read(("OS_CLOUD", "one"), ("OS_AUTH_URL", "https://other.example"));

        Assert.Equal(
            ("https://one.example/v3", "me", "hush", "p", "D"),
            (
                options.SignIn!.AuthUrl!.AbsoluteUri,
                options.SignIn.UserName,
                options.SignIn.Password!.Reveal(),
                options.SignIn.ProjectName,
                options.SignIn.UserDomainName
            )
        );
        Assert.Equal(("R1", "internal", true), (options.Region, options.Interface, options.AcceptAnyCertificate));
        Assert.Equal("R2", Read(("OS_CLOUD", "one"), ("OS_REGION_NAME", "R2")).Region);
        Refused("OS_CLOUD is 'two', which is not a cloud of", ("OS_CLOUD", "two"));
        Write("broken.yaml", "clouds: [");
        Refused("broken.yaml is not YAML: line ", ("OS_CLOUD", "one"), ("OS_CLIENT_CONFIG_FILE", Path.Combine(_home, "broken.yaml")));
        Refused("there is no clouds.yaml; looked for /nowhere", ("OS_CLOUD", "one"), ("OS_CLIENT_CONFIG_FILE", "/nowhere"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_file_that_kOps_reads_signs_in_where_the_environment_does_not(bool named)
    {
        Write(
            named ? "credentials" : ".openstack/config",
            "; mine\n[Default]\nidentity = https://keystone.example/v3\nuser = \"me\"\npassword = a=b#c\ntenant_name = p\ndomain_id = "
                + "d1\n\n[Global]\nregion = R1\n"
        );

        var options = Read(named ? [("OPENSTACK_CREDENTIAL_FILE", Path.Combine(_home, "credentials"))] : []);

        Assert.Equal(
            ("me", "a=b#c", "p", "d1", "d1", "R1"),
            (
                options.SignIn!.UserName,
                options.SignIn.Password!.Reveal(),
                options.SignIn.ProjectName,
                options.SignIn.UserDomainId,
                options.SignIn.ProjectDomainId,
                options.Region
            )
        );
        Assert.Equal(
            "other",
            Read(("OS_AUTH_URL", "https://k"), ("OS_USERNAME", "other"), ("OS_PASSWORD", "x"), ("OS_PROJECT_ID", "p")).SignIn!.UserName
        );
    }

    [Fact]
    public void What_is_missing_or_wrong_is_named()
    {
        Refused("the address of Keystone is missing in the environment; set OS_CLOUD");
        Refused("the file of credentials /nowhere cannot be read", ("OPENSTACK_CREDENTIAL_FILE", "/nowhere"));
        Refused("OS_AUTH_URL is 'keystone', which is not an address", ("OS_AUTH_URL", "keystone"));
        Refused("there is no user", ("OS_AUTH_URL", "https://k"));
        Refused("the user 'me' has no password", ("OS_AUTH_URL", "https://k"), ("OS_USERNAME", "me"));
        Refused("there is no project", ("OS_AUTH_URL", "https://k"), ("OS_USERNAME", "me"), ("OS_PASSWORD", "pw"));
        Refused("the application credential has no secret", ("OS_AUTH_URL", "https://k"), ("OS_APPLICATION_CREDENTIAL_ID", "id"));
        Refused(
            "OS_INTERFACE is 'outer'; it can be public, internal or admin",
            ("OS_AUTH_URL", "https://k"),
            ("OS_APPLICATION_CREDENTIAL_ID", "id"),
            ("OS_APPLICATION_CREDENTIAL_SECRET", "s"),
            ("OS_INTERFACE", "outer")
        );
        Refused(
            "OS_INSECURE is 'maybe'",
            ("OS_AUTH_URL", "https://k"),
            ("OS_APPLICATION_CREDENTIAL_ID", "id"),
            ("OS_APPLICATION_CREDENTIAL_SECRET", "s"),
            ("OS_INSECURE", "maybe")
        );
    }

    [Fact]
    public void A_token_and_an_address_need_no_Keystone() =>
        Assert.Equal(
            "https://swift.example/v1/AUTH_1",
            Read(("OS_STORAGE_URL", "https://swift.example/v1/AUTH_1"), ("OS_AUTH_TOKEN", "t")).StorageUrl!.AbsoluteUri
        );

    [Theory]
    [InlineData("swift://container", "swift://container", "")]
    [InlineData("swift://my container/a/b/", "swift://my container", "a/b")]
    public void A_path_is_cut_into_container_and_key(string path, string address, string key)
    {
        var opened = new StoreOpener<SwiftOptions>(SwiftStores.Kind, _ => new SwiftOptions(), TimeProvider.System).Open(path);

        Assert.Equal((address, key), (opened.Store.Address, opened.Key));
    }

    [Theory]
    [InlineData("swift://", "it names no container")]
    [InlineData("swift:///key", "it names no container")]
    [InlineData("swift://container/a//b", "the key has an empty segment")]
    public void A_path_that_is_none_is_refused(string path, string message)
    {
        var e = Assert.Throws<StoreException>(() =>
            new StoreOpener<SwiftOptions>(SwiftStores.Kind, _ => new SwiftOptions(), TimeProvider.System).Open(path)
        );

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private SwiftOptions Read(params (string Name, string Value)[] variables) =>
        SwiftConfiguration.Read(
            new StoreSettings(
                "swift://c",
                new Dictionary<string, string>(
                    variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)),
                    StringComparer.Ordinal
                )
                {
                    ["HOME"] = _home,
                }
            )
        );

    private void Refused(string message, params (string Name, string Value)[] variables) =>
        Assert.Contains(message, Assert.Throws<StoreException>(() => Read(variables)).Message, StringComparison.Ordinal);

    private void Write(string name, string text)
    {
        var file = Path.Combine(_home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
