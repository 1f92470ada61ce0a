using Kops.StateStore.Files;

namespace Kops.StateStore.Changes.Journal;

/// <summary>How patient the journal is.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// How long a record must stand unchanged, under the eyes and by the clock of another process, before that process takes it over.
    /// Clocks of machines that share a store need not agree. A process that is known to be dead is not waited for, and one that is known
    /// to live is never taken for dead.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long to wait for another process that is applying a change to the same cluster.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often to look whether it has ended.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Files that are written at one time.</summary>
    internal int Width { get; init; } = FanOut.Width;

    /// <summary>Makes a name that nobody else makes: 32 hexadecimal digits. A GUID does, which needs no OpenSSL.</summary>
    internal Func<string> NewName { get; init; } = () => Guid.NewGuid().ToString("N");
}
