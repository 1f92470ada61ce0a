using Kops.Vfs.Profiles;
using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>Options out of the environment: kOps' rules, and errors that name the variable.</summary>
public sealed class S3ConfigurationTests
{
    [Theory]
    [InlineData("do")]
    [InlineData("hos")]
    [InlineData("linode")]
    [InlineData("scw")]
    public void A_scheme_of_a_hosted_service_needs_an_endpoint(string scheme)
    {
        var e = Assert.Throws<StoreException>(() => Read($"{scheme}://bucket/path"));

        Assert.Contains($"required S3_ENDPOINT env var for path: \"{scheme}://bucket/path\"", e.Message, StringComparison.Ordinal);
        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
    }

    [Fact]
    public void Without_an_endpoint_s3_is_AWS_with_the_credentials_of_AWS_tools_and_the_region_of_the_bucket()
    {
        var options = Read(
            "s3://bucket",
            ("S3_ACCESS_KEY_ID", "ignored"),
            ("S3_SECRET_ACCESS_KEY", "ignored"),
            ("AWS_REGION", "eu-central-1")
        );

        Assert.Equal(S3Presets.Aws with { ProbeRegion = "eu-central-1" }, options);
        Assert.Null(options.AccessKey);
        Assert.Null(options.Region);
    }

    [Fact]
    public void An_endpoint_of_AWS_tools_takes_the_place_of_the_dual_stack_ones() =>
        Assert.Equal(
            (false, (Uri?)null),
            Read("s3://bucket", ("AWS_ENDPOINT_URL_S3", "https://vpce.example")) is var options
                ? (options.DualStack, options.Endpoint)
                : default
        );

    [Theory]
    [InlineData("S3_ACCESS_KEY_ID")]
    [InlineData("S3_SECRET_ACCESS_KEY")]
    public void An_endpoint_needs_both_halves_of_a_key(string missing)
    {
        (string, string)[] variables =
        [
            ("S3_ENDPOINT", "https://s3.example.com"),
            ("S3_ACCESS_KEY_ID", "id"),
            ("S3_SECRET_ACCESS_KEY", "secret"),
        ];

        var e = Assert.Throws<StoreException>(() => Read("s3://bucket", [.. variables.Where(variable => variable.Item1 != missing)]));

        Assert.Contains($"{missing} cannot be empty when S3_ENDPOINT is not empty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_means_path_style_and_a_default_region()
    {
        var options = Read("s3://bucket", Endpoint("https://s3.example.com"));

        Assert.Equal(
            S3Presets.Compatible with
            {
                Endpoint = new Uri("https://s3.example.com"),
                AccessKey = new S3AccessKey("id", "secret"),
            },
            options
        );
        Assert.Equal(
            (true, false, "us-east-1", S3Encryption.BucketDefault),
            (options.PathStyle, options.Checksums, options.Region, options.Encryption)
        );
        Assert.Equal("fr-par", Read("s3://bucket", [.. Endpoint("https://s3.example.com"), ("S3_REGION", "fr-par")]).Region);
    }

    [Theory]
    [InlineData("nyc3.digitaloceanspaces.com", "https://nyc3.digitaloceanspaces.com/")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/")]
    public void An_endpoint_without_a_scheme_is_https(string endpoint, string expected) =>
        Assert.Equal(expected, Read("do://bucket", Endpoint(endpoint)).Endpoint!.AbsoluteUri);

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("https://")]
    [InlineData("not an address")]
    public void An_endpoint_that_is_no_address_is_refused(string endpoint) =>
        Assert.Contains(
            "S3_ENDPOINT",
            Assert.Throws<StoreException>(() => Read("s3://bucket", Endpoint(endpoint))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Only_s3_asks_for_encryption()
    {
        Assert.Equal(S3Encryption.BucketDefault, Read("s3://bucket").Encryption);
        foreach (var scheme in S3Presets.SchemesWithEndpoint)
            Assert.Equal(S3Encryption.None, Read($"{scheme}://bucket", Endpoint("https://x.example")).Encryption);
    }

    [Theory]
    [InlineData("https://account.r2.cloudflarestorage.com", "auto")]
    [InlineData("https://s3.example.com", "us-east-1")]
    public void A_service_is_known_by_its_host(string endpoint, string region) =>
        Assert.Equal(region, Read("s3://bucket", Endpoint(endpoint)).Region);

    [Fact]
    public void A_service_can_be_named()
    {
        Assert.True(Read("s3://bucket", [.. Endpoint("https://s3.example.com"), ("KOPS_S3_SERVICE", "ceph")]).UnquotedIfMatch);
        var e = Assert.Throws<StoreException>(() =>
            Read("s3://bucket", [.. Endpoint("https://s3.example.com"), ("KOPS_S3_SERVICE", "cehp")])
        );
        Assert.Contains("KOPS_S3_SERVICE is 'cehp', which is none of aws, ceph", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ACL_is_trimmed_and_must_exist()
    {
        Assert.Equal("bucket-owner-full-control", Read("s3://bucket", ("KOPS_STATE_S3_ACL", " bucket-owner-full-control ")).CannedAcl);
        Assert.Null(Read("s3://bucket", ("KOPS_STATE_S3_ACL", " ")).CannedAcl);
        Assert.Contains(
            "KOPS_STATE_S3_ACL",
            Assert.Throws<StoreException>(() => Read("s3://bucket", ("KOPS_STATE_S3_ACL", "all"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Encryption_can_be_chosen()
    {
        Assert.Equal(S3Encryption.None, Read("s3://bucket", ("KOPS_S3_ENCRYPTION", "none")).Encryption);
        var kms = Read("s3://bucket", ("KOPS_S3_KMS_KEY_ID", "alias/state"));
        Assert.Equal((S3Encryption.Kms, "alias/state"), (kms.Encryption, kms.KmsKeyId));
        Assert.Throws<StoreException>(() => Read("s3://bucket", ("KOPS_S3_KMS_KEY_ID", "alias/state"), ("KOPS_S3_ENCRYPTION", "none")));
    }

    [Fact]
    public void Options_never_show_the_secret() =>
        Assert.DoesNotContain("secret", Read("s3://bucket", [.. Endpoint("https://x.example")]).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("s3://", "names no bucket")]
    [InlineData("s3:///key", "names no bucket")]
    [InlineData("s3://buck et/key", "holds ' '")]
    [InlineData("s3://user@bucket/key", "holds '@'")]
    public void A_path_needs_a_bucket(string path, string expected)
    {
        var stores = new StoreOpener<S3Options>(S3Stores.Kind, _ => S3Presets.Aws, TimeProvider.System);

        Assert.Contains(expected, Assert.Throws<StoreException>(() => stores.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_opens_one_driver_for_each_bucket_and_scheme()
    {
        await using var registry = new StoreRegistry();
        new StoreOpener<S3Options>(S3Stores.Kind, path => Read(path, Endpoint("https://x.example")), TimeProvider.System).AddTo(registry);

        Assert.Equal(["do", "hos", "linode", "s3", "scw"], registry.Schemes);
        Assert.Equal("do://bucket/a/b", registry.Resolve("do://bucket/a/b/").ToString());
        Assert.Same(registry.Resolve("do://bucket/a").Store.Driver, registry.Resolve("do://bucket/b").Store.Driver);
        Assert.NotSame(registry.Resolve("do://bucket/a").Store.Driver, registry.Resolve("s3://bucket/a").Store.Driver);
    }

    private static (string, string)[] Endpoint(string value) =>
        [("S3_ENDPOINT", value), ("S3_ACCESS_KEY_ID", "id"), ("S3_SECRET_ACCESS_KEY", "secret")];

    private static S3Options Read(string path, params (string Name, string Value)[] variables) =>
        S3Configuration.Read(
            new StoreSettings(path, variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal))
        );
}
