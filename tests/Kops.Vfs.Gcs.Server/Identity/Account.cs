using System.Security.Cryptography;
using System.Text.Json;

namespace Kops.Vfs.Gcs.Server.Identity;

/// <summary>A service account with its key.</summary>
public sealed class Account(string email, bool mayUseBuckets)
{
    internal RSA Key { get; } = RSA.Create(2048);

    /// <summary>Its name.</summary>
    public string Email => email;

    internal string KeyId { get; } = Guid.NewGuid().ToString("N");

    internal bool MayUseBuckets => mayUseBuckets;

    /// <summary>A file of credentials, as the console writes it.</summary>
    public string KeyFile(Uri server) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["type"] = "service_account",
                ["project_id"] = "kops-test",
                ["private_key_id"] = KeyId,
                ["private_key"] = Key.ExportPkcs8PrivateKeyPem(),
                ["client_email"] = email,
                ["client_id"] = "100000000000000000001",
                ["auth_uri"] = new Uri(server, "/auth").AbsoluteUri,
                ["token_uri"] = new Uri(server, "/token").AbsoluteUri,
            }
        );
}
