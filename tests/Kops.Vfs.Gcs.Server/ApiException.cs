using System.Net;

namespace Kops.Vfs.Gcs.Server;

/// <summary>A refusal, as the service words it.</summary>
internal sealed class ApiException(HttpStatusCode status, string reason, string message) : Exception(message)
{
    internal HttpStatusCode Status { get; } = status;

    internal string Reason { get; } = reason;

    internal static ApiException Bad(string message, string reason = "invalid") => new(HttpStatusCode.BadRequest, reason, message);

    internal static ApiException NotFound(string message) => new(HttpStatusCode.NotFound, "notFound", message);

    internal static ApiException Refused() =>
        new(HttpStatusCode.PreconditionFailed, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
}
