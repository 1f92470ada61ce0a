using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Gcs.Configuration;

/// <summary>How Google Cloud Storage is reached, and as whom.</summary>
public sealed record GcsOptions : NetworkOptions
{
    /// <summary>Where the service is.</summary>
    public Uri Endpoint { get; init; } = new("https://storage.googleapis.com");

    /// <summary>Whether requests go without credentials: to an emulator, or to buckets that everybody may read.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Whether to try out first that the server honours conditions: the service does, some emulators do not.</summary>
    public bool Probe { get; init; }

    /// <summary>
    /// Gives an access token for the scope <c>https://www.googleapis.com/auth/devstorage.full_control</c> or a wider one, in place of the
    /// credentials below: <c>token => credential.GetAccessTokenForRequestAsync(cancellationToken: token)</c> of Google's
    /// <c>ITokenAccess</c>. It is asked again after a minute, and when the service refuses what it gave; so it keeps what costs something.
    /// Null for none.
    /// </summary>
    public Func<CancellationToken, Task<string>>? AccessToken { get; init; }

    /// <summary>The file of credentials that the user named; null for none. A named file that is not there is an error.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>
    /// Where <c>gcloud auth application-default login</c> leaves credentials; used when it is there and no file is named.
    /// </summary>
    public string? WellKnownFile { get; init; }

    /// <summary>
    /// Host, and port where it is not 80, of the metadata server, which gives machines on Google Cloud their credentials.
    /// </summary>
    public string MetadataHost { get; init; } = "169.254.169.254";

    /// <summary>The project whose quota requests count on; null for what the credentials say.</summary>
    public string? QuotaProject { get; init; }

    /// <summary>The project that pays for requests to a bucket whose requester pays; null for none.</summary>
    public string? UserProject { get; init; }

    /// <summary>
    /// The predefined ACL of what is written, for example <c>projectPrivate </c>; null for the bucket's own. Not for buckets with uniform
    /// access.
    /// </summary>
    public string? PredefinedAcl { get; init; }

    /// <summary>The key of Cloud KMS that encrypts what is written, as a resource name; null for the bucket's own rule.</summary>
    public string? KmsKeyName { get; init; }

    /// <summary>Bytes of a chunk of a resumable upload, a multiple of 256 KiB. What is not longer is written with one request.</summary>
    public int ChunkSize { get; init; } = 8 * 1024 * 1024;
}
