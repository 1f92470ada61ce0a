using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Server;
using Kops.Vfs.Oss.Signing;
using Xunit;

namespace Kops.Vfs.Oss.Tests.Signing;

/// <summary>Signatures that others have computed.</summary>
public sealed class SignatureTests
{
    /// <summary>The example of OSS' page about version 1.</summary>
    [Fact]
    public void Version_1_is_as_the_services_own_example()
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, "http://oss-example.oss-cn-hangzhou.aliyuncs.com/nelson")
        {
            Content = new ByteArrayContent([]),
        };
        message.Content.Headers.TryAddWithoutValidation("Content-MD5", "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=");
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "text/html");
        message.Headers.Add("X-OSS-Meta-Author", "foo@bar.com");
        message.Headers.Add("X-OSS-Magic", "abracadabra");

        SignatureV1.Sign(
            message,
            "/oss-example/nelson",
            [],
            new OssAccessKey("44CF9590006BF252F707", "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV"),
            new DateTimeOffset(2005, 11, 17, 18, 49, 58, TimeSpan.Zero)
        );

        Assert.Equal("OSS 44CF9590006BF252F707:26NBxoKdsyly4EDv6inkoDft/yA=", message.Headers.GetValues("Authorization").Single());
    }

    /// <summary>A request with all that is odd, as the service's own client for Go signs it.</summary>
    [Fact]
    public void Version_4_is_as_the_services_own_client_computes_it()
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, "http://bucket.oss-cn-hangzhou.aliyuncs.com")
        {
            Content = new ByteArrayContent([]),
        };
        message.Headers.Add("x-oss-head1", "value");
        message.Headers.Add("abc", "value");
        message.Headers.Add("ZAbc", "value");
        message.Headers.Add("XYZ", "value");
        message.Content.Headers.TryAddWithoutValidation("content-type", "text/plain");

        SignatureV4.Sign(
            message,
            "/bucket/1234+-/123/1.txt",
            [("param1", "value1"), ("+param1", "value3"), ("|param1", "value4"), ("+param2", null), ("|param2", null), ("param2", null)],
            new OssAccessKey("ak", "sk"),
            "cn-hangzhou",
            DateTimeOffset.FromUnixTimeSeconds(1702743657)
        );

        Assert.Equal(
            "OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,"
                + "Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe",
            message.Headers.GetValues("Authorization").Single()
        );
    }
}
