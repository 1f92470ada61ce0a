using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Gcs.Configuration;

/// <summary>
/// Makes options out of what users say: the variables that Google's tools share, a few of our own (<c>KOPS_GS_*</c>), and profiles.
/// </summary>
public static class GcsConfiguration
{
    private const string Example = "https://storage.googleapis.com or http://localhost:4443";

    /// <summary>The predefined ACLs of Cloud Storage.</summary>
    private static readonly string[] Acls =
    [
        "authenticatedRead",
        "bucketOwnerFullControl",
        "bucketOwnerRead",
        "private",
        "projectPrivate",
        "publicRead",
    ];

    private static readonly StoreSetting Endpoint = new("endpoint", "the address of the service", "KOPS_GS_ENDPOINT");
    private static readonly StoreSetting Emulator = new(
        "emulator",
        "the address of an emulator, which is asked without credentials",
        "STORAGE_EMULATOR_HOST"
    );
    private static readonly StoreSetting QuotaProject = new(
        "quotaProject",
        "the project whose quota requests count on",
        "GOOGLE_CLOUD_QUOTA_PROJECT"
    );
    private static readonly StoreSetting UserProject = new(
        "userProject",
        "the project to bill, where the requester pays",
        "KOPS_GS_USER_PROJECT"
    );
    private static readonly StoreSetting Acl = new("acl", "the predefined ACL of what is written", "KOPS_GS_ACL");
    private static readonly StoreSetting KmsKey = new(
        "kmsKeyName",
        "the key of Cloud KMS that encrypts what is written",
        "KOPS_GS_KMS_KEY"
    );
    private static readonly StoreSetting File = new(
        "credentials.file",
        "a file of credentials, in place of those of the machine",
        "GOOGLE_APPLICATION_CREDENTIALS"
    )
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Anonymous = new("credentials.anonymous", "`true` sends no credentials");
    private static readonly StoreSetting Probe = new(
        "quirks.probe",
        "`true` tries out first that the server honours conditions, `false` trusts it; tried out are all but Google's own"
    );

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } =
    [Endpoint, Emulator, QuotaProject, UserProject, Acl, KmsKey, File, Anonymous, Probe];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is wrong; the message names it.</exception>
    public static GcsOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = new GcsOptions
        {
            // What the machine offers to everybody counts also where a profile names no credentials.
            CredentialsFile = settings.Get(File) ?? settings.Variable("GOOGLE_APPLICATION_CREDENTIALS"),
            WellKnownFile = WellKnownFile(settings),
            QuotaProject = settings.Get(QuotaProject),
            UserProject = settings.Get(UserProject),
            PredefinedAcl = settings.OneOf(Acl, Acls),
            KmsKeyName = settings.Get(KmsKey),
            Anonymous = settings.Flag(Anonymous) ?? false,
        };
        if (settings.Variable("GCE_METADATA_HOST") is { } metadata)
            options = options with { MetadataHost = metadata };
        // Google honours conditions; of others nobody knows.
        if (settings.Address(Endpoint, "https", Example) is { } endpoint)
            options = options with { Endpoint = endpoint, Probe = !IsGoogles(endpoint) };
        if (settings.Address(Emulator, "http", Example) is { } emulator)
            options = options with { Endpoint = emulator, Anonymous = true, Probe = true };
        return settings.WithNetwork(options with { Probe = settings.Flag(Probe) ?? options.Probe }, "KOPS_GS_CA_FILE");
    }

    private static bool IsGoogles(Uri endpoint) => endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase);

    /// <remarks>Source: the auth libraries' rule for application default credentials (AIP-4110).</remarks>
    private static string? WellKnownFile(StoreSettings settings)
    {
        const string Name = "application_default_credentials.json";
        if (settings.Variable("CLOUDSDK_CONFIG") is { } directory)
            return Path.Combine(directory, Name);
        if (OperatingSystem.IsWindows())
            return settings.Variable("APPDATA") is { } data ? Path.Combine(data, "gcloud", Name) : null;
        return settings.Variable("HOME") is { } home ? Path.Combine(home, ".config", "gcloud", Name) : null;
    }
}
