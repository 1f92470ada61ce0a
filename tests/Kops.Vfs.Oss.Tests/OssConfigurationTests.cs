using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>What variables say.</summary>
public sealed class OssConfigurationTests
{
    [Theory]
    [InlineData("OSS_REGION=cn-beijing", "https://oss-cn-beijing.aliyuncs.com/", "cn-beijing")]
    [InlineData("OSS_REGION=oss-cn-beijing", "https://oss-cn-beijing.aliyuncs.com/", "cn-beijing")]
    [InlineData("ALIBABA_CLOUD_REGION_ID=cn-beijing", "https://oss-cn-beijing.aliyuncs.com/", "cn-beijing")]
    [InlineData("OSS_REGION=cn-beijing OSS_ENDPOINT=internal", "https://oss-cn-beijing-internal.aliyuncs.com/", "cn-beijing")]
    [InlineData("OSS_REGION=cn-beijing OSS_ENDPOINT=accelerate", "https://oss-accelerate.aliyuncs.com/", "cn-beijing")]
    [InlineData("OSS_ENDPOINT=oss-us-west-1-internal.aliyuncs.com", "https://oss-us-west-1-internal.aliyuncs.com/", "us-west-1")]
    [InlineData("OSS_REGION=r OSS_ENDPOINT=http://oss.example.com:8080", "http://oss.example.com:8080/", "r")]
    public void Region_and_endpoint_are_taken_from_each_other(string variables, string endpoint, string region)
    {
        var options = Read(variables);

        Assert.Equal((endpoint, region, false), (options.Endpoint.AbsoluteUri, options.Region, options.PathStyle));
    }

    [Theory]
    [InlineData("OSS_ACCESS_KEY_ID=a OSS_ACCESS_KEY_SECRET=b OSS_SESSION_TOKEN=c", "a", "c")]
    [InlineData("ALIBABA_CLOUD_ACCESS_KEY_ID=a ALIBABA_CLOUD_ACCESS_KEY_SECRET=b ALIBABA_CLOUD_SECURITY_TOKEN=c", "a", "c")]
    [InlineData("ALIYUN_ACCESS_KEY_ID=a ALIYUN_ACCESS_KEY_SECRET=b", "a", null)]
    [InlineData("", null, null)]
    public void Keys_are_those_of_any_of_the_clouds_tools(string variables, string? id, string? token)
    {
        var key = Read("OSS_REGION=r " + variables).AccessKey;

        Assert.Equal((id, token), (key?.Id, key?.SecurityToken));
        Assert.DoesNotContain("b", key?.ToString() ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_without_names_have_the_bucket_in_their_path()
    {
        Assert.True(Read("OSS_REGION=r OSS_ENDPOINT=http://127.0.0.1:80").PathStyle);
        Assert.True(Read("OSS_REGION=r OSS_ENDPOINT=http://localhost").PathStyle);
        Assert.True(Read("OSS_REGION=r OSS_ENDPOINT=http://emulator:8080").PathStyle);
        Assert.True(Read("OSS_REGION=r OSS_ENDPOINT=http://oss.example.com KOPS_OSS_PATH_STYLE=true").PathStyle);
        Assert.Equal("cn-hangzhou", Read("OSS_ENDPOINT=http://127.0.0.1:8080").Region);
        Assert.Equal(
            (OssSignature.V1, "KMS"),
            (Read("OSS_REGION=r KOPS_OSS_SIGNATURE=v1 KOPS_OSS_KMS_KEY=k").Signature, Read("OSS_REGION=r KOPS_OSS_KMS_KEY=k").Encryption)
        );
    }

    [Theory]
    [InlineData("OSS_REGION=cn-beijing", OssSignature.V4, false)]
    [InlineData("OSS_ENDPOINT=http://127.0.0.1:8080", OssSignature.Either, true)]
    [InlineData("OSS_REGION=r OSS_ENDPOINT=https://oss.example.com", OssSignature.Either, true)]
    [InlineData("OSS_REGION=r OSS_ENDPOINT=https://oss.example.com KOPS_OSS_SIGNATURE=v4", OssSignature.V4, true)]
    public void What_another_server_is_like_is_found_out_and_OSS_is_trusted(string variables, OssSignature signature, bool probe) =>
        Assert.Equal((signature, probe), (Read(variables).Signature, Read(variables).Probe));

    [Theory]
    [InlineData("", "the bucket's region is not known; set OSS_REGION, for example to cn-hangzhou")]
    [InlineData("OSS_ENDPOINT=accelerate", "the bucket's region is not known; set OSS_REGION")]
    [InlineData("OSS_REGION=r OSS_ACCESS_KEY_ID=a", "OSS_ACCESS_KEY_ID is set, but OSS_ACCESS_KEY_SECRET is not")]
    [InlineData("OSS_REGION=r ALIYUN_ACCESS_KEY_SECRET=a", "ALIYUN_ACCESS_KEY_SECRET is set, but OSS_ACCESS_KEY_ID is not")]
    [InlineData("OSS_REGION=r KOPS_OSS_SIGNATURE=v2", "KOPS_OSS_SIGNATURE is 'v2', which is none of v4, v1")]
    [InlineData("OSS_REGION=r OSS_ENDPOINT=ftp://x", "which is not an address")]
    public void What_is_wrong_is_named(string variables, string message)
    {
        var e = Assert.Throws<StoreException>(() => Read(variables));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oss://", "it names no bucket")]
    [InlineData("oss:///key", "it names no bucket")]
    [InlineData("oss://Bucket", "'Bucket' is not a bucket name")]
    [InlineData("oss://ab", "'ab' is not a bucket name")]
    [InlineData("oss://bucket-", "'bucket-' is not a bucket name")]
    public void A_bucket_that_can_be_none_is_refused(string path, string message) =>
        Assert.Contains(
            message,
            Assert
                .Throws<StoreException>(() =>
                    new StoreOpener<OssOptions>(OssStores.Kind, _ => Read("OSS_REGION=r"), TimeProvider.System).Open(path)
                )
                .Message,
            StringComparison.Ordinal
        );

    private static OssOptions Read(string variables) =>
        OssConfiguration.Read(
            new StoreSettings(
                "oss://bucket",
                variables
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(variable => variable.Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => pair[1])
            )
        );
}
