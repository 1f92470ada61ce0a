namespace Kops.Vfs.Drivers;

/// <summary>
/// A driver whose server can copy an object to it from another place of the same service, without sending it through this machine.
/// </summary>
public interface ICopyAcross
{
    /// <summary>Where this driver's objects are, as its server names it.</summary>
    CopyPlace Place { get; }

    /// <summary>Copies an object of another place, or of this one.</summary>
    /// <param name="from">The place, whose <see cref="CopyPlace.Service"/> is that of <see cref="Place"/>.</param>
    /// <param name="source">The object as a listing, or a look, has shown it.</param>
    /// <param name="target">The key here.</param>
    /// <param name="condition">The condition on the target.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The outcome; null when this object cannot be copied so, and the caller has to stream it.</returns>
    /// <remarks>
    /// <b>Behavior. </b> One request. The target's condition holds as for a put; where the server cannot check it, the answer is null and
    /// nothing
    /// was sent. What is copied is the object as it stands then; one that is not there gives null.
    /// </remarks>
    ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    );
}
