using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.StateStore.Keysets;
using Xunit;

namespace Kops.StateStore.Tests.Keysets;

public sealed class SelfSignedAuthorityTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 25, 43, TimeSpan.Zero);

    private readonly ClusterKeyset _keyset = SelfSignedAuthority.Create("kubernetes-ca", Now);

    [Fact]
    public void It_is_valid_from_two_days_ago_for_ten_years_of_365_days_after_now()
    {
        var facts = _keyset.Primary!.Certificate!;

        Assert.Equal("CN=kubernetes-ca", facts.Subject);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 13, 25, 43, TimeSpan.Zero), facts.Issued);
        Assert.Equal(new DateTimeOffset(2036, 11, 19, 13, 25, 43, TimeSpan.Zero), facts.Expires);
    }

    [Fact]
    public void Its_id_is_its_serial_number_which_holds_the_time()
    {
        using var certificate = Certificate();

        Assert.Equal(_keyset.PrimaryId, new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString());
        Assert.Equal(Now.ToUnixTimeMilliseconds() * 1_000_000, (long)(BigInteger.Parse(_keyset.PrimaryId!) >> 32));
    }

    [Fact]
    public void It_may_sign_certificates_and_revocations_and_nothing_else()
    {
        using var certificate = Certificate();

        Assert.Equal(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
        );
        Assert.True(
            certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single()
                is { CertificateAuthority: true, Critical: true, HasPathLengthConstraint: false }
        );
        Assert.Equal("1.2.840.113549.1.1.11", certificate.SignatureAlgorithm.Value);
    }

    [Fact]
    public void Its_private_key_fits_and_stands_in_the_old_form_of_rsa_keys()
    {
        var pem = Encoding.ASCII.GetString(_keyset.Primary!.PrivateKeyPem!.Value.Span);
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        using var certificate = Certificate();
        using var withKey = certificate.CopyWithPrivateKey(key);

        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----\n", pem, StringComparison.Ordinal);
        Assert.EndsWith("-----END RSA PRIVATE KEY-----\n", pem, StringComparison.Ordinal);
        Assert.Equal(2048, key.KeySize);
    }

    [Fact]
    public void Two_made_at_one_moment_differ() =>
        Assert.NotEqual(_keyset.PrimaryId, SelfSignedAuthority.Create("kubernetes-ca", Now).PrimaryId);

    private X509Certificate2 Certificate() =>
        X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(_keyset.Primary!.CertificatePem.Span));
}
