using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>What the environment says.</summary>
public sealed class GcsConfigurationTests
{
    [Fact]
    public void Nothing_set_is_the_service_with_default_credentials()
    {
        var options = Read(("HOME", "/home/me"));

        Assert.Equal(new Uri("https://storage.googleapis.com"), options.Endpoint);
        Assert.Equal((false, false), (options.Anonymous, options.Probe));
        Assert.Null(options.CredentialsFile);
        if (!OperatingSystem.IsWindows())
            Assert.Equal("/home/me/.config/gcloud/application_default_credentials.json", options.WellKnownFile);
    }

    [Fact]
    public void The_variables_of_Google_and_ours_are_taken()
    {
        var options = Read(
            ("GOOGLE_APPLICATION_CREDENTIALS", "/key.json"),
            ("CLOUDSDK_CONFIG", "/sdk"),
            ("GCE_METADATA_HOST", "127.0.0.1:8080"),
            ("GOOGLE_CLOUD_QUOTA_PROJECT", "quota"),
            ("KOPS_GS_USER_PROJECT", "payer"),
            ("KOPS_GS_ACL", "projectPrivate"),
            ("KOPS_GS_KMS_KEY", "projects/p/k"),
            ("KOPS_GS_CA_FILE", "/ca.pem")
        );

        Assert.Equal(
            new GcsOptions
            {
                CredentialsFile = "/key.json",
                WellKnownFile = Path.Combine("/sdk", "application_default_credentials.json"),
                MetadataHost = "127.0.0.1:8080",
                QuotaProject = "quota",
                UserProject = "payer",
                PredefinedAcl = "projectPrivate",
                KmsKeyName = "projects/p/k",
                CertificateAuthorityFile = "/ca.pem",
                CertificateAuthoritySource = "KOPS_GS_CA_FILE",
            },
            options
        );
    }

    [Theory]
    [InlineData("localhost:4443", "http://localhost:4443/")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/")]
    [InlineData("https://emulator.example", "https://emulator.example/")]
    public void An_emulator_is_asked_without_credentials_and_tried_out(string value, string address)
    {
        var options = Read(("STORAGE_EMULATOR_HOST", value));

        Assert.Equal((address, true, true), (options.Endpoint.AbsoluteUri, options.Anonymous, options.Probe));
    }

    [Fact]
    public void Another_endpoint_is_asked_with_credentials()
    {
        var options = Read(("KOPS_GS_ENDPOINT", "storage-private.p.googleapis.com"));

        Assert.Equal(
            ("https://storage-private.p.googleapis.com/", false, false),
            (options.Endpoint.AbsoluteUri, options.Anonymous, options.Probe)
        );
        Assert.True(Read(("KOPS_GS_ENDPOINT", "https://storage.example.com")).Probe);
    }

    [Theory]
    [InlineData("KOPS_GS_ACL", "secret", "KOPS_GS_ACL is 'secret', which is none of authenticatedRead, bucketOwnerFullControl")]
    [InlineData("KOPS_GS_ENDPOINT", "ftp://x", "KOPS_GS_ENDPOINT is 'ftp://x', which is not an address")]
    [InlineData("STORAGE_EMULATOR_HOST", "ftp://x", "STORAGE_EMULATOR_HOST is 'ftp://x', which is not an address")]
    public void A_wrong_variable_is_named(string name, string value, string message)
    {
        var e = Assert.Throws<StoreException>(() => Read((name, value)));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gs://bucket", "gs://bucket", "")]
    [InlineData("gs://bucket/", "gs://bucket", "")]
    [InlineData("gs://my.dotted_bucket-1/a/b/", "gs://my.dotted_bucket-1", "a/b")]
    public void A_path_is_cut_into_bucket_and_key(string path, string address, string key)
    {
        var opened = Stores().Open(path);

        Assert.Equal((address, key), (opened.Store.Address, opened.Key));
    }

    [Theory]
    [InlineData("gs://", "it names no bucket")]
    [InlineData("gs:///key", "it names no bucket")]
    [InlineData("gs://Bucket/key", "holds 'B'")]
    [InlineData("gs://..", "is not a bucket name")]
    [InlineData("gs://bucket/a//b", "the key has an empty segment")]
    public void A_path_that_is_none_is_refused(string path, string message)
    {
        var e = Assert.Throws<StoreException>(() => Stores().Open(path));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_is_opened_once()
    {
        var stores = Stores();

        Assert.Same(stores.Open("gs://bucket/a").Store, stores.Open("gs://bucket/b").Store);
        Assert.NotSame(stores.Open("gs://bucket/a").Store, stores.Open("gs://bucket2/a").Store);
    }

    private static StoreOpener<GcsOptions> Stores() => new(GcsStores.Kind, _ => new GcsOptions(), TimeProvider.System);

    private static GcsOptions Read(params (string Name, string Value)[] variables) =>
        GcsConfiguration.Read(
            new StoreSettings(
                "gs://bucket",
                variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal)
            )
        );
}
