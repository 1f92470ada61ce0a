namespace Kops;

/// <summary>
/// The base of what stores and all libraries on top of them throw when something cannot be done: <see cref="Vfs.StoreException"/> of every
/// driver, and those of <c>Kops.StateStore</c> and <c>Kops.Operations</c>. The message is for people: what failed, where, and the cure,
/// without secrets. Mistakes of the calling program are not here (<see cref="ArgumentException"/> and its like), nor is cancellation.
/// </summary>
/// <remarks>
/// The libraries that know no stores, and depend on nothing, have exceptions of their own: they speak of a text that they were given, such
/// as <c>InvalidObjectException</c> of <c>Kops.Api</c>.
/// </remarks>
public abstract class KopsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, where, and the cure.</param>
    /// <param name="innerException">The cause.</param>
    protected KopsException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>Whether the same call may succeed later.</summary>
    public virtual bool IsTransient => false;
}
