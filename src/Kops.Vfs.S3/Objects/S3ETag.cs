using System.Buffers;
using Amazon.S3;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.S3.Objects;

/// <summary>ETags as versions: kept without their quotes, so that services which differ in quoting agree.</summary>
internal static class S3ETag
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <exception cref="ForeignAnswerException">There is none, which no service of this kind leaves out.</exception>
    internal static ObjectVersion ToVersion(string? etag) =>
        etag is null ? throw new ForeignAnswerException("the endpoint", "an object without an ETag")
        : etag.Length > 1 && etag[0] == '"' && etag[^1] == '"' ? new(etag[1..^1])
        : new(etag);

    internal static string ToHeader(ObjectVersion version, bool quoted) =>
        quoted && !version.Value.StartsWith("W/", StringComparison.Ordinal) ? $"\"{version.Value}\"" : version.Value;

    /// <summary>
    /// The MD5 that an ETag is, where it is one: not of a multipart upload (it has a dash), and not of an object that is encrypted with
    /// a key of KMS or of the customer.
    /// </summary>
    /// <remarks>Source: Amazon S3 API reference, type Object, member ETag.</remarks>
    internal static ReadOnlyMemory<byte>? Md5(
        ObjectVersion version,
        ServerSideEncryptionMethod? encryption,
        ServerSideEncryptionCustomerMethod? customer
    )
    {
        if (encryption is not null && encryption != ServerSideEncryptionMethod.None && encryption != ServerSideEncryptionMethod.AES256)
            return null;
        if (customer is not null && customer != ServerSideEncryptionCustomerMethod.None)
            return null;
        var text = version.Value;
        return text.Length == 32 && !text.AsSpan().ContainsAnyExcept(Digits) ? (ReadOnlyMemory<byte>?)Convert.FromHexString(text) : null;
    }
}
