using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Swift.Configuration;

/// <summary>
/// Makes options out of what OpenStack's tools read: a cloud of <c>clouds.yaml </c> (<c>OS_CLOUD</c>), else the variables <c>OS_* </c>,
/// else the file
/// that kOps reads (<c>OPENSTACK_CREDENTIAL_FILE</c>, <c>~/.openstack/config </c>). The variables that do not sign in hold in any case. A
/// store's
/// profile says the same in their place.
/// </summary>
public static class SwiftConfiguration
{
    /// <summary>How the names of OpenStack's variables begin.</summary>
    private const string Family = "OS_";

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } =
    [
        new("endpoint", "the account's address, in place of the one in Keystone's catalogue", "OS_STORAGE_URL"),
        new("region", "the region of the catalogue", "OS_REGION_NAME"),
        new("interface", "which address of the catalogue: `public`, `internal` or `admin`", "OS_INTERFACE"),
        new("credentials.cloud", "a cloud of `clouds.yaml`", "OS_CLOUD") { IsCredential = true },
        new("credentials.file", "the `clouds.yaml`, where it is in none of the usual places", "OS_CLIENT_CONFIG_FILE")
        {
            IsCredential = true,
        },
    ];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is missing or wrong; the message names it.</exception>
    public static SwiftOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.WithNetwork(Read(settings.Path, settings.EnvironmentWith(Settings, Family)));
    }

    private static SwiftOptions Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        var variables = new OpenStackValues(path, "the environment", environment);
        var settings = variables;
        if (variables.Get("OS_CLOUD") is { } cloud)
            settings = CloudsFile.Read(path, cloud, environment).Over(variables, "OS_REGION_NAME", "OS_INTERFACE", "OS_STORAGE_URL");
        else if (
            variables.Get("OS_AUTH_URL") is null
            && variables.Get("OS_STORAGE_URL") is null
            && ConfigFile.Read(path, environment) is { } file
        )
            settings = file.Over(variables, "OS_REGION_NAME", "OS_INTERFACE", "OS_CACERT", "OS_INSECURE");
        return Make(settings);
    }

    private static SwiftOptions Make(OpenStackValues settings)
    {
        var options = new SwiftOptions
        {
            SignIn = SignIn(settings),
            StorageUrl = settings.Address("OS_STORAGE_URL"),
            Region = settings.Get("OS_REGION_NAME")?.Trim('\''),
            Interface = Interface(settings),
            Source = settings.Source,
            CertificateAuthorityFile = settings.Get("OS_CACERT"),
            CertificateAuthoritySource = "OS_CACERT",
            AcceptAnyCertificate = settings.Get("OS_INSECURE") is { } insecure && settings.Flag("OS_INSECURE", insecure),
        };
        return options;
    }

    private static string Interface(OpenStackValues settings)
    {
        var value = settings.Get("OS_INTERFACE") ?? settings.Get("OS_ENDPOINT_TYPE") ?? "public";
        // The older names: publicURL, internalURL, adminURL.
        var name = value.EndsWith("URL", StringComparison.Ordinal) ? value[..^3] : value;
        return name is "public" or "internal" or "admin"
            ? name
            : throw settings.Wrong($"OS_INTERFACE is '{value}'; it can be public, internal or admin");
    }

    private static KeystoneSignIn SignIn(OpenStackValues settings)
    {
        string? Get(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (settings.Get(name) is { } value)
                    return value;
            }

            return null;
        }

        Secret? Hide(string? text) => text is null ? null : new Secret(text);

        var domainId = Get("OS_DOMAIN_ID");
        var domainName = Get("OS_DOMAIN_NAME");
        var signIn = new KeystoneSignIn
        {
            AuthUrl = settings.Address("OS_AUTH_URL"),
            UserName = Get("OS_USERNAME", "OS_USER_NAME"),
            UserId = Get("OS_USER_ID", "OS_USERID"),
            UserDomainId = Get("OS_USER_DOMAIN_ID", "OS_DEFAULT_DOMAIN_ID") ?? (Get("OS_USER_DOMAIN_NAME") is null ? domainId : null),
            UserDomainName = Get("OS_USER_DOMAIN_NAME", "OS_DEFAULT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN") ?? domainName,
            ProjectId = Get("OS_PROJECT_ID", "OS_TENANT_ID"),
            ProjectName = Get("OS_PROJECT_NAME", "OS_TENANT_NAME"),
            ProjectDomainId =
                Get("OS_PROJECT_DOMAIN_ID", "OS_DEFAULT_DOMAIN_ID") ?? (Get("OS_PROJECT_DOMAIN_NAME") is null ? domainId : null),
            ProjectDomainName = Get("OS_PROJECT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN_NAME", "OS_DEFAULT_DOMAIN") ?? domainName,
            ApplicationCredentialId = Get("OS_APPLICATION_CREDENTIAL_ID"),
            ApplicationCredentialName = Get("OS_APPLICATION_CREDENTIAL_NAME"),
            ApplicationCredentialSecret = Hide(Get("OS_APPLICATION_CREDENTIAL_SECRET")),
            Password = Hide(Get("OS_PASSWORD")),
            Token = Hide(Get("OS_TOKEN", "OS_AUTH_TOKEN")),
        };
        // Of a password and a token, the password lives longer; a tool that wants a token says so (OS_AUTH_TYPE).
        if (signIn.Token is not null && signIn.Password is not null && settings.Get("OS_AUTH_TYPE") is not ("token" or "v3token"))
            signIn = signIn with { Token = null };
        if (signIn is { UserId: null, UserDomainId: null, UserDomainName: null })
            signIn = signIn with { UserDomainId = "default" };
        if (signIn is { ProjectId: null, ProjectDomainId: null, ProjectDomainName: null })
            signIn = signIn with
            {
                ProjectDomainId = signIn.UserDomainId ?? (signIn.UserDomainName is null ? "default" : null),
                ProjectDomainName = signIn.UserDomainName,
            };
        Validate(settings, signIn);
        return signIn;
    }

    private static void Validate(OpenStackValues settings, KeystoneSignIn signIn)
    {
        if (signIn.Token is not null && settings.Get("OS_STORAGE_URL") is not null)
            return;
        if (signIn is { AuthUrl: null })
        {
            throw settings.Missing(
                "the address of Keystone is missing",
                "set OS_CLOUD to a cloud of clouds.yaml, or OS_AUTH_URL and the other variables of your OpenStack RC file, or name a "
                    + "file in OPENSTACK_CREDENTIAL_FILE"
            );
        }

        if (signIn.IsApplicationCredential)
        {
            if (signIn.ApplicationCredentialSecret is null)
                throw settings.Missing("the application credential has no secret", "set OS_APPLICATION_CREDENTIAL_SECRET");
            if (signIn.ApplicationCredentialId is null && signIn.UserId is null && signIn.UserName is null)
                throw settings.Missing(
                    "the application credential is named without its user",
                    "set OS_APPLICATION_CREDENTIAL_ID, or OS_USERNAME beside the name"
                );
            return;
        }

        if (signIn.Token is null)
        {
            if (signIn.UserName is null && signIn.UserId is null)
                throw settings.Missing("there is no user", "set OS_USERNAME or OS_USER_ID, OS_TOKEN, or an application credential");
            if (signIn.Password is null)
                throw settings.Missing(
                    $"the user '{signIn.UserName ?? signIn.UserId}' has no password",
                    "set OS_PASSWORD, or use an application credential"
                );
        }

        if (signIn.ProjectId is null && signIn.ProjectName is null)
            throw settings.Missing("there is no project", "set OS_PROJECT_NAME or OS_PROJECT_ID");
    }
}
