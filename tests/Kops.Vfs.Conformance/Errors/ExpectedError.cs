namespace Kops.Vfs.Conformance.Errors;

/// <summary>How a trouble is reported.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Said">Parts of the message: the place, the cause, the cure, the service's code and its id of the request.</param>
public sealed record ExpectedError(StoreErrorKind Kind, params string[] Said);
