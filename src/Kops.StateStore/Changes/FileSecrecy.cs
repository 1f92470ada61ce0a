namespace Kops.StateStore.Changes;

/// <summary>How much of a file's content may be kept, shown and read.</summary>
public enum FileSecrecy
{
    /// <summary>Everything: the journal keeps the content before and after, so that a change can be undone.</summary>
    Plain,

    /// <summary>Private keys and secrets: only digests are kept and shown.</summary>
    Secret,

    /// <summary>
    /// A generated file with a secret inside, such as an addon with its cloud's credentials: only digests are kept and shown. Unlike a key
    /// it is generated again by the next update.
    /// </summary>
    Sensitive,

    /// <summary>Backups: neither read nor kept; they are only ever deleted.</summary>
    Opaque,
}
