using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Vfs.Tests.Profiles;

/// <summary>An address with a password in it is refused, and the password shown nowhere.</summary>
public sealed class ServerAddressTests
{
    private static readonly StoreSetting Endpoint = new("endpoint", string.Empty, "S3_ENDPOINT");

    [Theory]
    [InlineData("https://alice:hunter2@s3.example.com")]
    [InlineData("alice:hunter2@s3.example.com")]
    [InlineData("https://hunter2@s3.example.com/path")]
    [InlineData("ftp://alice:hunter2@s3.example.com")]
    [InlineData("https://alice:hun@ter2hunter2@")]
    [InlineData("https://alice:hunter2@s3.example.com?x")]
    public void A_password_in_an_address_is_refused_and_not_shown(string address)
    {
        var settings = new StoreSettings("s3://bucket", new Dictionary<string, string> { ["S3_ENDPOINT"] = address });

        var refused = Assert.Throws<StoreException>(() => settings.Address(Endpoint, "https", "https://s3.example.com"));

        Assert.Contains("S3_ENDPOINT", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_without_one_is_taken_as_it_is() =>
        Assert.Equal(
            new Uri("https://s3.example.com:9000/x"),
            new StoreSettings("s3://bucket", new Dictionary<string, string> { ["S3_ENDPOINT"] = "s3.example.com:9000/x" }).Address(
                Endpoint,
                "https",
                "https://s3.example.com"
            )
        );
}
