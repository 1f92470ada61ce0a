namespace Kops.Vfs.Drivers;

/// <summary>A driver whose server can copy an object within the store without sending it through this machine.</summary>
public interface ICopySource
{
    /// <summary>Copies an object.</summary>
    /// <returns>The outcome; null when this object cannot be copied so, and the caller has to stream it.</returns>
    /// <remarks><b>Behavior.</b> The target's condition holds as for a put. A source that is not there gives null.</remarks>
    ValueTask<WriteOutcome?> CopyAsync(string source, string target, WriteCondition condition, CancellationToken cancellationToken);
}
