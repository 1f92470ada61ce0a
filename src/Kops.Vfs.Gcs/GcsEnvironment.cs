namespace Kops.Vfs.Gcs;

/// <summary>Makes options out of environment variables: those that Google's tools share, and a few of our own (<c>KOPS_GS_*</c>).</summary>
public static class GcsEnvironment
{
    /// <summary>The predefined ACLs of Cloud Storage.</summary>
    private static readonly string[] Acls =
        ["authenticatedRead", "bucketOwnerFullControl", "bucketOwnerRead", "private", "projectPrivate", "publicRead"];

    /// <summary>The options for a path.</summary>
    /// <param name="path">What the user wrote, for messages.</param>
    /// <param name="environment">The process' environment.</param>
    /// <exception cref="StoreException">A variable is wrong; the message names it.</exception>
    public static GcsOptions Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var options = new GcsOptions
        {
            CredentialsFile = Get("GOOGLE_APPLICATION_CREDENTIALS"),
            WellKnownFile = WellKnownFile(Get),
            QuotaProject = Get("GOOGLE_CLOUD_QUOTA_PROJECT"),
            UserProject = Get("KOPS_GS_USER_PROJECT"),
            PredefinedAcl = Get("KOPS_GS_ACL") is not { } acl || Acls.Contains(acl, StringComparer.Ordinal)
                ? Get("KOPS_GS_ACL")
                : throw Wrong($"KOPS_GS_ACL is '{acl}', which is none of {string.Join(", ", Acls)}"),
            KmsKeyName = Get("KOPS_GS_KMS_KEY"),
            CertificateAuthorityFile = Get("KOPS_GS_CA_FILE"),
        };
        if (Get("GCE_METADATA_HOST") is { } metadata) options = options with { MetadataHost = metadata };
        if (Get("KOPS_GS_ENDPOINT") is { } endpoint) options = options with { Endpoint = Address("KOPS_GS_ENDPOINT", endpoint, "https") };
        if (Get("STORAGE_EMULATOR_HOST") is { } emulator)
            options = options with { Endpoint = Address("STORAGE_EMULATOR_HOST", emulator, "http"), Anonymous = true, Probe = true };
        return options;

        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

        StoreException Wrong(string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);

        Uri Address(string name, string value, string scheme)
        {
            var address = value.Contains("://", StringComparison.Ordinal) ? value : $"{scheme}://{value}";
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0
                ? uri
                : throw Wrong($"{name} is '{value}', which is no address; write for example {scheme}://localhost:4443");
        }
    }

    /// <remarks>Source: the auth libraries' rule for application default credentials (AIP-4110).</remarks>
    private static string? WellKnownFile(Func<string, string?> get)
    {
        const string Name = "application_default_credentials.json";
        if (get("CLOUDSDK_CONFIG") is { } directory) return Path.Combine(directory, Name);
        if (OperatingSystem.IsWindows()) return get("APPDATA") is { } data ? Path.Combine(data, "gcloud", Name) : null;
        return get("HOME") is { } home ? Path.Combine(home, ".config", "gcloud", Name) : null;
    }
}
