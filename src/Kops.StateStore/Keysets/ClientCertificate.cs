using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Keysets;

/// <summary>
/// Certificates by which people are known to the API server, as kOps makes them: RSA, for client authentication alone, valid from two days
/// ago, signed by an
/// authority of the cluster. They are stored nowhere.
/// </summary>
public static class ClientCertificate
{
    /// <summary>A new key with a certificate.</summary>
    /// <param name="authority">The authority with its private key: the primary item of <c>kubernetes-ca</c>.</param>
    /// <param name="user">The user's name for the API server.</param>
    /// <param name="group">The group that decides what the user may do.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">For how long it is valid from now.</param>
    /// <param name="bits">Length of the key in bits.</param>
    /// <exception cref="StateStoreException">The authority's key cannot be used.</exception>
    public static KeyMaterial Issue(
        KeysetItem authority,
        string user,
        string group,
        DateTimeOffset now,
        TimeSpan lifetime,
        int bits = SelfSignedAuthority.KeyBits
    )
    {
        ArgumentNullException.ThrowIfNull(authority);
        if (authority.PrivateKeyPem is not { } privateKey)
            throw new StateStoreException(StateErrorKind.Invalid, $"the keypair {authority.Id} has no private key, so that it cannot sign");
        var signer = KeyMaterial.Read(
            (Text(authority.CertificatePem), $"keypair {authority.Id}"),
            (Text(privateKey), $"keypair {authority.Id}"),
            string.Empty,
            now
        );
        using var issuer = X509Certificate2.CreateFromPem(Text(signer.CertificatePem));
        using var issuerKey = KeyMaterial.ReadKey(Text(privateKey), $"keypair {authority.Id}");
        using var key = RSA.Create(bits);
        var request = new CertificateRequest(
            new X500DistinguishedName(SelfSignedAuthority.Name(("2.5.4.10", group), ("2.5.4.3", user))),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false)
        );
        var generator = issuerKey is ECDsa ec
            ? X509SignatureGenerator.CreateForECDsa(ec)
            : X509SignatureGenerator.CreateForRSA((RSA)issuerKey, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            issuer.SubjectName,
            generator,
            now.AddHours(-48),
            now + lifetime,
            SelfSignedAuthority.SerialNumber(now).ToByteArray(isUnsigned: true, isBigEndian: true)
        );
        return KeyMaterial.Of(certificate, key);
    }

    private static string Text(ReadOnlyMemory<byte> pem) => Encoding.ASCII.GetString(pem.Span);
}
