namespace Kops.Vfs.Rest.Requests;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
/// <param name="address">What users write for the store.</param>
public abstract class RestErrors(string address)
{
    /// <summary>The service and its server, and what to do when it cannot be reached.</summary>
    protected abstract ServerCures Server { get; }

    /// <summary>An object as users write it; an empty key for the store itself.</summary>
    public string PathOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length == 0 ? address : $"{address}/{key}";
    }

    /// <summary>Explains a failure.</summary>
    /// <param name="operation">The driver's member, in the user's words.</param>
    /// <param name="key">The key, or the prefix of a listing.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="permission">The right that is needed, in the service's terms; empty where it has no names for rights.</param>
    public StoreException Wrap(string operation, string key, RestFailure failure, string permission = "")
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.Status is { } status)
        {
            var (kind, detail) = ByStatus((int)status, permission, failure);
            return Make(kind, $"{detail} [{failure.Describe()}]", failure.IsTransient);
        }

        return failure.Cause switch
        {
            SignInException e => Make(e.Kind, e.Message, e.IsTransient),
            { } cause => Make(StoreErrorKind.Unavailable, Server.Explain(cause), failure.IsTransient),
            null => throw new ArgumentException("a failure has a status or a cause", nameof(failure)),
        };

        StoreException Make(StoreErrorKind kind, string detail, bool isTransient) =>
            new(kind, operation, PathOf(key), detail, isTransient, failure.Cause);
    }

    /// <summary>The error for what the user asked that cannot be.</summary>
    public StoreException Wrong(string operation, string key, string problem) =>
        new(StoreErrorKind.InvalidArgument, operation, PathOf(key), problem);

    /// <summary>The error for an answer that is not of the service's shape.</summary>
    public StoreException Malformed(string operation, string key, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new StoreException(
            StoreErrorKind.Unavailable,
            operation,
            PathOf(key),
            $"the answer is not what the service documents ({cause.Message}); {Server.AddressCure}",
            true,
            cause
        );
    }

    /// <summary>The error for a write of which the service has got something else.</summary>
    /// <param name="key">The object.</param>
    /// <param name="removed">Whether what had arrived was removed again.</param>
    public StoreException ArrivedDamaged(string key, bool removed) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            PathOf(key),
            $"what arrived at the service is not what was sent{(removed ? ", and has been removed" : string.Empty)}; try again",
            isTransient: !removed
        );

    /// <summary>The error for an object that another one takes the place of, again and again.</summary>
    public StoreException ReplacedTooFast(string key) =>
        new(StoreErrorKind.Replaced, "read", PathOf(key), "it is replaced faster than it can be read; read it again", isTransient: true);

    /// <summary>Explains an answer that is none of success.</summary>
    protected abstract (StoreErrorKind Kind, string Detail) ByStatus(int status, string permission, RestFailure failure);

    /// <summary>What a service said, or that it said nothing.</summary>
    protected static string Or(string text, string other = "no reason given") => string.IsNullOrEmpty(text) ? other : text.TrimEnd('.');
}
