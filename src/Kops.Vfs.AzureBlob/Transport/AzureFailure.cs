using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml;
using Azure;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>What can be told from an exception of the SDK.</summary>
internal static class AzureFailure
{
    /// <summary>Whether the same request may succeed later.</summary>
    internal static bool IsTransient(Exception exception) =>
        Answer(exception) is { } answer
            ? IsTransient(answer.Status)
            : NetworkFailure.IsTransient(exception) && (IsBroken(exception) || IsGarbled(exception));

    internal static bool IsTransient(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>The service's answer that an exception stands for; null where there was none.</summary>
    internal static RequestFailedException? Answer(Exception exception) =>
        NetworkFailure.Find<RequestFailedException>(exception) is { Status: > 0 } e ? e : null;

    internal static bool Is(Exception exception, params ReadOnlySpan<string> codes) =>
        Answer(exception)?.ErrorCode is { } code && codes.Contains(code);

    /// <summary>Whether the network failed, and not the service.</summary>
    internal static bool IsBroken(Exception exception) =>
        NetworkFailure.Find<HttpRequestException>(exception) is not null
        || NetworkFailure.Find<IOException>(exception) is not null and not FileNotFoundException
        || NetworkFailure.Find<SocketException>(exception) is not null;

    /// <summary>
    /// Whether the answer could not be understood; the SDK fails so on errors of gateways that are no errors of the service.
    /// </summary>
    internal static bool IsGarbled(Exception exception) => NetworkFailure.Find<XmlException>(exception) is not null;

    /// <summary>Whether a request that failed so may have been carried out all the same.</summary>
    internal static bool MayHaveHappened(Exception exception) =>
        Answer(exception) is { } answer ? MayHaveHappened(answer.Status, answer.ErrorCode) : NetworkFailure.MayHaveBeenSent(exception);

    internal static bool MayHaveHappened(int status, string? code) => status >= 500 && code is not "ServerBusy";

    /// <summary>A failure in a few words.</summary>
    internal static string Describe(Exception exception) =>
        Answer(exception) is { } answer ? $"{answer.ErrorCode ?? "no code"}, HTTP {answer.Status}" : exception.GetBaseException().Message;

    internal static string? Header(Exception exception, string name) =>
        Answer(exception)?.GetRawResponse() is { } response && response.Headers.TryGetValue(name, out var value) ? value : null;
}
