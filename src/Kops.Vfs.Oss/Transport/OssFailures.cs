using System.Net.Http;
using System.Xml;
using System.Xml.Linq;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Identity;

namespace Kops.Vfs.Oss.Transport;

/// <summary>What OSS says with an answer that is none of success.</summary>
/// <remarks>Source: OSS developer reference, "Error responses".</remarks>
internal static class OssFailures
{
    internal static ServiceFailure From(Exception cause) =>
        cause is OssSignInException signIn
            ? new ServiceFailure { Cause = cause, IsTransient = signIn.IsTransient }
            : ServiceFailure.From(cause);

    internal static async ValueTask<ServiceFailure> FromAsync(
        HttpResponseMessage response,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        // The answer to a HEAD has no body; newer services put it into a header.
        if (text.Length == 0 && response.Headers.TryGetValues("x-oss-err", out var hidden))
            text = Decode(hidden.First());
        var error = Parse(text);
        var (status, code) = ((int)response.StatusCode, Of("Code"));
        var id =
            Of("RequestId") is { Length: > 0 } said ? said
            : response.Headers.TryGetValues("x-oss-request-id", out var ids) ? ids.First()
            : null;
        return new ServiceFailure
        {
            Status = response.StatusCode,
            Code = code,
            Message = Of("Message").ReplaceLineEndings(" "),
            RequestId = id is null ? null : "request " + id,
            RetryAfter = ServiceFailure.WaitOf(response, clock),
            IsTransient = status is 408 or 429 or (>= 500 and not 501 and not 505),
            MayHaveHappened = status is 408 or >= 500,
            IsRefusal = code is "FileAlreadyExists" or "ObjectAlreadyExists" || status is 412,
        };

        string Of(string name) => error?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? string.Empty;
    }

    internal static bool IsExpired(ServiceFailure failure) => failure.Code is "SecurityTokenExpired" or "InvalidSecurityToken";

    /// <summary>Whether a server that knows another signature may have meant that: it says so in its own way, or breaks.</summary>
    internal static bool MayBeAboutSignature(ServiceFailure failure) =>
        (int?)failure.Status is 400 or 401 or 403 or 500 or 501
        && failure.Code is not ("InvalidAccessKeyId" or "SecurityTokenExpired" or "InvalidSecurityToken" or "RequestTimeTooSkewed");

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, count)
            : string.Empty;
    }

    private static XElement? Parse(string text)
    {
        try
        {
            return text.AsSpan().TrimStart().StartsWith("<") ? XDocument.Parse(text).Root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
