using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Files;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// How a schedule has ended, after a last process has settled what was left, and what must hold then: the history, followed from the first
/// record to the last, explains every file.
/// </summary>
internal sealed class Ending
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    private Ending(IReadOnlyList<ChangeRecord> history) => History = history;

    /// <summary>The changes that are recorded, the oldest first.</summary>
    public IReadOnlyList<ChangeRecord> History { get; }

    public static Ending Of(ExploredStore store)
    {
        var settler = new ExploredProcess(store, 99, new JournalOptions { Lease = TimeSpan.Zero });
        settler.Start(Programs.Recover());
        while (settler.IsAtCall)
            settler.Continue(CallEnd.Success);
        Assert.True(settler.IsDone, "what was left cannot be settled");
        var history =
            from file in store.Contents
            where file.Key.StartsWith(".kops/history/", StringComparison.Ordinal)
            let record = ChangeRecordJson.Read(file.Value, Programs.Cluster, file.Key)
            orderby record.Serial
            select record;
        var ending = new Ending([.. history]);
        foreach (var (key, bytes) in store.Contents)
        {
            if (!key.StartsWith(".kops/", StringComparison.Ordinal))
                ending._files[key] = Encoding.UTF8.GetString(bytes);
            // One that was given up is empty.
            Assert.False(key.StartsWith(".kops/pending/", StringComparison.Ordinal) && bytes.Length > 0, "a record is pending still");
        }

        return ending;
    }

    /// <summary>A file; empty when it is not there.</summary>
    public string Text(string key) => _files.GetValueOrDefault($"{Programs.Cluster}/{key}", string.Empty);

    public bool Has(string key) => _files.ContainsKey($"{Programs.Cluster}/{key}");

    /// <summary>Numbers rise without a gap, and each is given once.</summary>
    public void IsNumbered() => Assert.Equal(Enumerable.Range(1, History.Count), History.Select(record => record.Serial));

    /// <summary>
    /// Follows the history: each change that was applied found what the one before had left, and what the last one left stands there. Files
    /// that a record names as left over may stand otherwise.
    /// </summary>
    public void IsExplained(ExploredStore initial)
    {
        var digests = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, bytes) in initial.Contents)
            digests[key] = ContentDigest.Of(bytes);
        var open = History.SelectMany(record => record.Remaining).ToHashSet(StringComparer.Ordinal);
        foreach (var record in History.Where(record => record.Outcome is ChangeOutcome.Applied))
        {
            foreach (var file in record.Files.Where(file => !open.Contains(file.Path)))
            {
                Assert.Equal(digests.GetValueOrDefault(file.Path), file.BeforeSha256);
                digests[file.Path] = file.AfterSha256;
            }
        }

        foreach (var key in digests.Keys.Union(_files.Keys).Where(key => !open.Contains(key)))
            Assert.Equal(
                digests.GetValueOrDefault(key),
                _files.TryGetValue(key, out var text) ? ContentDigest.Of(Encoding.UTF8.GetBytes(text)) : null
            );
    }

    /// <summary>
    /// What a process was told is true of the files that it added its name to: done is done everywhere, and once; what was refused or
    /// taken back is nowhere, but where it was told that something is left.
    /// </summary>
    public void IsTrue(ExploredProcess process, string name, params string[] keys)
    {
        var counts = keys.Select(key => Text(key).Split(';').Count(entry => entry == name)).ToArray();
        Assert.All(counts, count => Assert.InRange(count, 0, 1));
        if (process.Told is ApplyResult.Applied)
            Assert.All(counts, count => Assert.Equal(1, count));
        var records = History.Where(record => record.Title == name).ToArray();
        if (process.Told is ApplyResult.Conflict { Outcome: ChangeOutcome.Undone, Remaining.Count: 0 })
            Assert.All(counts, count => Assert.Equal(0, count));
        if (records.Any(record => record.Remaining.Count > 0))
            return;
        var isDone = records.Any(record => record.Outcome is ChangeOutcome.Applied);
        Assert.All(counts, count => Assert.Equal(isDone ? 1 : 0, count));
    }
}
