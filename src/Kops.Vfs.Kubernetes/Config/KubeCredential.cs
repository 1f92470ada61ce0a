using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>What shows to the API server who asks. A class, so that no record prints a secret.</summary>
internal sealed class KubeCredential
{
    /// <summary>Where it comes from, for messages: <c>the token of user 'x' in ~/.kube/config</c>.</summary>
    internal required string Origin { get; init; }

    /// <summary>The header <c>Authorization</c>; null for none.</summary>
    internal string? Authorization { get; init; }

    /// <summary>The certificate of the client, the first with its key, and those in between; empty for none.</summary>
    internal X509Certificate2Collection Certificates { get; init; } = [];

    /// <summary>When it expires, as far as anybody said; null where nobody did.</summary>
    internal DateTimeOffset? Expires { get; init; }

    /// <summary>When it really expires, also where it says so itself.</summary>
    internal DateTimeOffset? KnownExpiry =>
        Expires ?? TokenExpiry() ?? (Certificates.Count > 0 ? new DateTimeOffset(Certificates[0].NotAfter.ToUniversalTime()) : null);

    /// <summary>The claim <c>exp</c> of a token that is a JWT.</summary>
    private DateTimeOffset? TokenExpiry()
    {
        if (Authorization?.Split('.') is not [_, var claims, _])
            return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return json.RootElement.Member("exp") is { ValueKind: JsonValueKind.Number } expiry && expiry.TryGetInt64(out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
