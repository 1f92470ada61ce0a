using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Changes.History;

/// <summary>
/// The numbers that changes of another store have in this one: their own, unless changes that did not come from there have them already;
/// then they go on from the last of those. They follow from what the two hold, and not from how far an arrival has come: one that was
/// stopped and goes on gives the same.
/// </summary>
internal sealed class ArrivalNumbers
{
    private readonly Dictionary<(string, DateTimeOffset), int> _numbers = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private ArrivalNumbers() { }

    /// <summary>Nothing arrives.</summary>
    public static ArrivalNumbers None { get; } = new();

    /// <summary>Those that are not here yet, the oldest first.</summary>
    public IReadOnlyList<ChangeReference> Missing { get; private init; } = [];

    /// <summary>The number of a change here.</summary>
    public int this[ChangeReference theirs] => _numbers[KeyOf(theirs)];

    /// <param name="theirs">The changes that arrive, newest first.</param>
    /// <param name="here">The changes that are here, newest first.</param>
    public static ArrivalNumbers Of(IReadOnlyList<ChangeReference> theirs, IReadOnlyList<ChangeReference> here)
    {
        var known = new Dictionary<(string, DateTimeOffset), int>();
        foreach (var change in here)
            known.TryAdd(KeyOf(change), change.Serial);
        var arriving = theirs.Select(KeyOf).ToHashSet();
        var last = here.Where(change => !arriving.Contains(KeyOf(change))).Select(change => change.Serial).DefaultIfEmpty().Max();
        var (at, missing) = (0, new List<ChangeReference>());
        var numbers = new ArrivalNumbers { Missing = missing };
        foreach (var change in theirs.Reverse())
        {
            if (!known.TryGetValue(KeyOf(change), out var number))
            {
                number = Math.Max(change.Serial, at + 1);
                number = Math.Min(number <= last ? last + 1 : number, ChangeReference.MaxSerial);
                missing.Add(change);
            }

            at = Math.Max(at, number);
            numbers._numbers[KeyOf(change)] = number;
            numbers._names[change.Id] = (change with { Serial = number }).Id;
        }

        return numbers;
    }

    /// <summary>What a change is called here that is called so there.</summary>
    public string? Rename(string? id) => id is null ? null : _names.GetValueOrDefault(id, id);

    private static (string, DateTimeOffset) KeyOf(ChangeReference change) => (change.Name, Second(change.Ended));

    // A record knows it to the millisecond, the name of its file to the second.
    private static DateTimeOffset Second(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
