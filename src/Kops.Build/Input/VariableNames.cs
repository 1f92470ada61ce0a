namespace Kops.Build.Input;

/// <summary>The environment variables that files depend on.</summary>
public static class VariableNames
{
    /// <summary>Where kOps' own programs and images are taken from, instead of its release.</summary>
    public const string KopsBaseUrl = "KOPS_BASE_URL";

    /// <summary>The one architecture that machines have; both when it is not set.</summary>
    public const string Architecture = "KOPS_ARCH";

    /// <summary>Where the CNI's plugins are taken from; with <see cref="CniHash"/>.</summary>
    public const string CniUrl = "CNI_VERSION_URL";

    /// <summary>The SHA-256 of what <see cref="CniUrl"/> names.</summary>
    public const string CniHash = "CNI_ASSET_HASH_STRING";

    /// <summary>AWS' region, where the cluster does not say.</summary>
    public const string AwsRegion = "AWS_REGION";

    /// <summary>The variables that name an image instead of one of the release's, by the image's name there.</summary>
    public static IReadOnlyDictionary<string, string> Images { get; } =
        new Dictionary<string, string>
        {
            ["dns-controller"] = "DNSCONTROLLER_IMAGE",
            ["kops-controller"] = "KOPSCONTROLLER_IMAGE",
            ["kube-apiserver-healthcheck"] = "KUBE_APISERVER_HEALTHCHECK_IMAGE",
        };

    /// <summary>Whether kOps' programs take versions of Kubernetes that are newer than they know.</summary>
    public const string RunTooNewVersion = "KOPS_RUN_TOO_NEW_VERSION";

    /// <summary>
    /// What the programs of the control plane need to reach the state store and the cloud, and get from whoever updates the cluster. Many
    /// are secrets, and stand in files then: kOps has no other way.
    /// </summary>
    public static IReadOnlyList<string> ForSystemPods { get; } =
    [
        "S3_ENDPOINT",
        "S3_REGION",
        "S3_ACCESS_KEY_ID",
        "S3_SECRET_ACCESS_KEY",
        "OS_TENANT_ID",
        "OS_TENANT_NAME",
        "OS_PROJECT_ID",
        "OS_PROJECT_NAME",
        "OS_PROJECT_DOMAIN_NAME",
        "OS_PROJECT_DOMAIN_ID",
        "OS_DOMAIN_NAME",
        "OS_DOMAIN_ID",
        "OS_USERNAME",
        "OS_PASSWORD",
        "OS_AUTH_URL",
        "OS_REGION_NAME",
        "OS_APPLICATION_CREDENTIAL_ID",
        "OS_APPLICATION_CREDENTIAL_SECRET",
        "DIGITALOCEAN_ACCESS_TOKEN",
        "HCLOUD_TOKEN",
        "LINODE_TOKEN",
        "SCW_ACCESS_KEY",
        "SCW_SECRET_KEY",
        "SCW_DEFAULT_PROJECT_ID",
        "SCW_PROFILE",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [KopsBaseUrl, Architecture, CniUrl, CniHash, AwsRegion, RunTooNewVersion, .. Images.Values, .. ForSystemPods];
}
