using System.Globalization;

namespace Kops.StateStore.Changes.Journal;

/// <summary>A change as the journal keeps it.</summary>
public sealed record ChangeRecord
{
    private const int ShownDigits = 8;

    /// <summary>
    /// What the change is called: its number among the changes of the cluster, and the beginning of its name. One that has no number yet
    /// goes by its name alone.
    /// </summary>
    public string Id => IdOf(Serial, Name);

    /// <summary>A random name of 32 hexadecimal digits, chosen before anything is written.</summary>
    public required string Name { get; init; }

    /// <summary>Its number among the changes of the cluster, in the order in which they ended; 0 while it has none.</summary>
    public int Serial { get; init; }

    /// <summary>The cluster that it changed.</summary>
    public required string Cluster { get; init; }

    /// <summary>What was done.</summary>
    public required string Title { get; init; }

    /// <summary>Who did it.</summary>
    public required ChangeAuthor Author { get; init; }

    /// <summary>When it began, by the clock of the machine that did it.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it is pending.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>How it ended.</summary>
    public ChangeOutcome Outcome { get; init; }

    /// <summary>The change that it took back, if it was an undo.</summary>
    public string? Undoes { get; init; }

    /// <summary>Who finished or undid it in place of a process that was interrupted.</summary>
    public string? RecoveredBy { get; init; }

    /// <summary>
    /// The state store in which it was made, as an address; null for the one whose history holds it. It came along when the cluster did.
    /// </summary>
    public string? MadeIn { get; init; }

    /// <summary>
    /// Files that stand neither as before nor as intended: others changed them, or nobody can tell who wrote them, or their content is not
    /// kept.
    /// </summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];

    /// <summary>The files, in the order in which they are written.</summary>
    public required IReadOnlyList<RecordedFile> Files { get; init; }

    /// <summary>
    /// Whether files may have been written. Until then its process has looked whether every file stands as it was read; whoever takes the
    /// change over before that knows that nothing was written, and that nothing can be any more.
    /// </summary>
    internal bool IsBegun { get; init; }

    /// <summary>
    /// Whether its process writes files beforehand that are not named here, and that bear the change's name as their mark: an archive that
    /// is unpacked. Where the change is not made, they are taken back.
    /// </summary>
    internal bool Streams { get; init; }

    /// <summary>Who is carrying it out; null once it is history.</summary>
    internal Lease? Lease { get; init; }

    /// <summary>What was decided for a change that cannot simply go on, so that whoever comes next decides the same.</summary>
    internal Decision? Decision { get; init; }

    /// <summary>The change's name in the history.</summary>
    internal ChangeReference Reference => new(Cluster, Serial, Name[..ShownDigits], Finished ?? Started);

    /// <summary>The mark that the write of a file bears, whoever makes it: the change's name and the number of the file in it.</summary>
    internal string MarkOf(int file) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{file}");

    internal static string IdOf(int serial, string name) =>
        (name.Length > ShownDigits ? name[..ShownDigits] : name) is var shown && serial == 0
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{serial:D6}-{shown}");
}
