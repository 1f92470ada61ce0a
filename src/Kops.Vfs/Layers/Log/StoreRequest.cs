using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Log;

/// <summary>One request that a store has answered, for people who ask for it with <c>-v</c>. Holds no content and no credentials.</summary>
/// <param name="Operation">The driver's member: <c>stat </c>, <c>read </c>, <c>put </c>, <c>delete </c>, <c>list </c>, <c>copy </c>,
/// <c>versions </c>; of a try of one its method, <c>GET</c>.</param>
/// <param name="Path">The full path.</param>
/// <param name="Outcome">What came of it: <c>ok</c>, <c>absent</c>, <c>conflict</c>, <c>cancelled</c> or <c>failed</c>; of a try
/// <c>HTTP 200</c>.</param>
/// <param name="Count">Bytes of the object, or rows of a listing, where known.</param>
/// <param name="Elapsed">How long it took; of a read, until its content began.</param>
/// <param name="Error">Why it failed.</param>
public readonly record struct StoreRequest(string Operation, string Path, string Outcome, long? Count, TimeSpan Elapsed, Exception? Error)
{
    /// <summary>A try of a request, as a line among the requests of which it is a part.</summary>
    public static StoreRequest Of(RequestTry tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        return new StoreRequest(tried.Method, tried.Address, tried.Outcome, null, tried.Elapsed, tried.Error);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Path}: {Outcome}{Amount}, {Elapsed.TotalMilliseconds:0.0} ms";

    private string Amount => Count is { } count ? $", {count} {(Operation is "list" or "versions" ? "rows" : "bytes")}" : string.Empty;
}
