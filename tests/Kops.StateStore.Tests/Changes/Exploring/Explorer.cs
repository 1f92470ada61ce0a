using System.IO.Hashing;
using System.Runtime.ExceptionServices;
using System.Text;
using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// Runs processes in every order in which their calls to the store can follow each other, with every failure that the bounds allow at every
/// call. A schedule is a list of choices; it is run from the start, and the next one differs in the last choice that has another
/// alternative. Where a state was reached before, with as much still allowed to go wrong, all that can follow is known, and the schedule
/// ends there.
/// </summary>
internal sealed class Explorer(Func<ExploredStore> newStore, IReadOnlyList<Func<ExploredProcess, Task>> programs, Bounds bounds)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly HashSet<ulong> _known = [];

    /// <summary>Schedules that were run.</summary>
    public int Schedules { get; private set; }

    /// <summary>Of these, those that were run to their end.</summary>
    public int Ends { get; private set; }

    /// <summary>States that were seen.</summary>
    public int States => _known.Count;

    /// <summary>Runs all schedules.</summary>
    /// <param name="check">Looks at the end of each; what it throws is told with the schedule.</param>
    /// <param name="limit">Schedules at most; the test says whether it was reached.</param>
    public void Run(Action<ExploredStore, IReadOnlyList<ExploredProcess>> check, int limit = int.MaxValue)
    {
        // What waits for a call goes on within the step that ends the call, when no context asks that it go on elsewhere.
        Exception? failure = null;
        var thread = new Thread(() => failure = Catch(() => RunAll(check, limit)));
        thread.Start();
        thread.Join();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private void RunAll(Action<ExploredStore, IReadOnlyList<ExploredProcess>> check, int limit)
    {
        var choices = new List<(int Taken, int Of)>();
        do
        {
            RunOne(choices, check);
            Schedules++;
            while (choices.Count > 0 && choices[^1].Taken + 1 == choices[^1].Of)
                choices.RemoveAt(choices.Count - 1);
            if (choices.Count > 0)
                choices[^1] = (choices[^1].Taken + 1, choices[^1].Of);
        } while (choices.Count > 0 && Schedules < limit);
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private void RunOne(List<(int Taken, int Of)> choices, Action<ExploredStore, IReadOnlyList<ExploredProcess>> check)
    {
        var store = newStore();
        var processes = programs.Select((_, i) => new ExploredProcess(store, i + 1, new JournalOptions())).ToArray();
        var log = new StringBuilder();
        for (var i = 0; i < processes.Length; i++)
            processes[i].Start(programs[i]);
        var left = bounds;
        var onTheWay = new List<Func<string>>();
        var last = 0;
        for (var step = 0; ; step++)
        {
            var steps = Steps(processes, left, onTheWay, last);
            if (steps.Count == 0)
                break;
            if (step == choices.Count)
            {
                if (!_known.Add(Digest(store, processes, left, onTheWay.Count)))
                    return;
                choices.Add((0, steps.Count));
            }

            var (process, what) = steps[choices[step].Taken];
            log.Append(process is null ? "a request arrives late" : $"{Array.IndexOf(processes, process) + 1}: {what} {process.Next}")
                .Append('\n');
            left = Take(process, what, left, onTheWay);
            last = process is null ? last : Array.IndexOf(processes, process);
        }

        Ends++;
        try
        {
            check(store, processes);
        }
        catch (Exception error)
        {
            var end = string.Join('\n', store.Contents.Select(pair => $"--- {pair.Key}\n{Encoding.UTF8.GetString(pair.Value)}"));
            throw new InvalidOperationException($"{error.Message}\nafter\n{log}{end}", error);
        }
    }

    /// <summary>What can happen next: first that the process goes on that was at work.</summary>
    private static List<(ExploredProcess? Process, Step What)> Steps(
        ExploredProcess[] processes,
        Bounds left,
        List<Func<string>> onTheWay,
        int last
    )
    {
        var steps = new List<(ExploredProcess?, Step)>();
        foreach (var process in processes.Skip(last).Concat(processes.Take(last)))
        {
            if (process.IsAtCall)
                steps.Add((process, Step.Success));
            else if (process.IsAsleep && process.HasNews)
                steps.Add((process, Step.Wake));
        }

        foreach (var process in processes.Where(process => process.IsAtCall && process.IsAtWrite))
        {
            if (left.Crashes > 0)
                steps.AddRange([(process, Step.CrashBefore), (process, Step.CrashAfter)]);
            if (left.OnTheWay > 0)
                steps.Add((process, Step.CrashOnTheWay));
            if (left.Failures > 0)
                steps.AddRange([(process, Step.LostAnswer), (process, Step.Failure)]);
        }

        if (onTheWay.Count > 0)
            steps.Add((null, Step.Arrive));

        // Time passes for one who waits: while others could act, that is their stall; when nobody can, it just passes.
        var isStill = steps.Count == 0;
        foreach (var process in processes.Where(process => process.IsAsleep && !process.HasNews))
        {
            if (isStill || left.Stalls > 0)
                steps.Add((process, isStill ? Step.TimePasses : Step.Stall));
        }

        return steps;
    }

    private static Bounds Take(ExploredProcess? process, Step step, Bounds left, List<Func<string>> onTheWay)
    {
        switch (step)
        {
            case Step.Wake:
                process!.Wake(TimeSpan.FromSeconds(1));
                return left;
            case Step.TimePasses:
                process!.Wake(Lease);
                return left;
            case Step.Stall:
                process!.Wake(Lease);
                return left with { Stalls = left.Stalls - 1 };
            case Step.Arrive:
                onTheWay[0]();
                onTheWay.RemoveAt(0);
                return left;
            case Step.CrashOnTheWay:
                onTheWay.Add(process!.CrashWithRequestOnTheWay());
                return left with { OnTheWay = left.OnTheWay - 1 };
            case Step.Success:
                process!.Continue(CallEnd.Success);
                return left;
            case Step.LostAnswer:
                process!.Continue(CallEnd.LostAnswer);
                return left with { Failures = left.Failures - 1 };
            case Step.Failure:
                process!.Continue(CallEnd.Failure);
                return left with { Failures = left.Failures - 1 };
            case Step.CrashBefore:
                process!.Continue(CallEnd.CrashBefore);
                return left with { Crashes = left.Crashes - 1 };
            default:
                process!.Continue(CallEnd.CrashAfter);
                return left with { Crashes = left.Crashes - 1 };
        }
    }

    private static ulong Digest(ExploredStore store, ExploredProcess[] processes, Bounds left, int onTheWay)
    {
        var hash = new XxHash64();
        store.AddTo(hash);
        foreach (var process in processes)
            process.AddTo(hash);
        hash.Append(Encoding.UTF8.GetBytes($"{left} {onTheWay}"));
        return hash.GetCurrentHashAsUInt64();
    }

    private enum Step
    {
        Success,
        Wake,
        TimePasses,
        Stall,
        LostAnswer,
        Failure,
        CrashBefore,
        CrashAfter,
        CrashOnTheWay,
        Arrive,
    }
}
