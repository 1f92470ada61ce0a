namespace Kops.Vfs.Drivers;

/// <summary>One try of a request, as it went over the network. Holds no content and no credentials.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The address, without its query, in which there may be secrets.</param>
/// <param name="Outcome">What came of it: <c>HTTP 200</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Elapsed">How long it took, until the answer began.</param>
/// <param name="Error">Why there was no answer; null where there was one.</param>
public sealed record RequestTry(string Method, string Address, string Outcome, TimeSpan Elapsed, Exception? Error);
