namespace Kops.Operations.Keypairs;

/// <summary>A certificate, a private key or both, in place of new ones.</summary>
/// <param name="Certificate">The certificate (PEM), and where it is from, for messages; null: one is made for the key.</param>
/// <param name="Key">The private key (PEM, not encrypted), and where it is from; null: the certificate is just trusted.</param>
public sealed record OwnKeypair((string Pem, string Source)? Certificate, (string Pem, string Source)? Key);
