using System.IO.Hashing;
using System.Runtime.ExceptionServices;
using System.Text;
using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// Runs processes in every order in which their calls to the store can follow each other, with every failure that the bounds allow at every
/// call. A schedule is a list of choices; it is run from the start, and the next one differs in the last choice that has another
/// alternative.
/// </summary>
/// <remarks>
/// Two prunings leave nothing out. A state that was reached before is not gone on from: what a process has been told so far, and what the
/// store holds, are all that the future depends on. And of two steps that do not touch each other one order is enough: steps that were
/// explored from a state sleep in its later branches until something that they depend on happens (sleep sets, after Godefroid,
/// "Partial-Order Methods for the Verification of Concurrent Systems",
/// with his rule for states that are reached again while fewer steps sleep). Where the bounds say how often a process is preempted, the
/// first is used alone: of two orders that lead to one state, the bounds may allow but the other.
/// </remarks>
internal sealed class Explorer(Func<ExploredStore> newStore, IReadOnlyList<Func<ExploredProcess, Task>> programs, Bounds bounds)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // The steps that sleep in each state that was seen.
    private readonly Dictionary<ulong, ulong> _known = [];
    private readonly List<Branch> _path = [];

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
        do
        {
            RunOne(check);
            Schedules++;
            while (_path.Count > 0 && !_path[^1].Next())
                _path.RemoveAt(_path.Count - 1);
        } while (_path.Count > 0 && Schedules < limit);
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

    private void RunOne(Action<ExploredStore, IReadOnlyList<ExploredProcess>> check)
    {
        var store = newStore();
        var processes = programs.Select((_, i) => new ExploredProcess(store, i + 1, new JournalOptions())).ToArray();
        for (var i = 0; i < processes.Length; i++)
            processes[i].Start(programs[i]);
        var left = bounds;
        var onTheWay = new List<Func<string>>();
        var log = new List<string>();
        var atWork = 0;
        for (var depth = 0; ; depth++)
        {
            if (depth == _path.Count)
            {
                var steps = Steps(processes, left, onTheWay, atWork);
                if (steps.Count == 0)
                    break;
                var sleeping = depth == 0 || left.Preemptions is not null ? 0 : _path[^1].Sleeping;
                if (Enter(Digest(store, processes, left, onTheWay.Count, atWork), steps, sleeping) is not { } branch)
                    return;
                _path.Add(branch);
            }

            var step = _path[depth].Taken;
            log.Add(step.Process < 0 ? "a request arrives late" : $"{step.Process + 1}: {step.Kind} {processes[step.Process].Next}");
            if (left.Preemptions is { } more && IsPreemption(step, processes, atWork))
                left = left with { Preemptions = more - 1 };
            if (step.Process >= 0)
                atWork = step.Process;
            Take(step, processes, onTheWay);
            if (step.IsFault)
                left = left with { Faults = left.Faults - 1, OnTheWay = left.OnTheWay && step.Kind is not StepKind.CrashOnTheWay };
        }

        Ends++;
        try
        {
            check(store, processes);
        }
        catch (Exception error)
        {
            var end = store.Contents.Select(pair => $"--- {pair.Key}\n{Encoding.UTF8.GetString(pair.Value)}");
            throw new InvalidOperationException($"{error.Message}\nafter\n{string.Join('\n', log.Concat(end))}", error);
        }
    }

    /// <summary>The branch at a state: what is to be tried from there; null when that was tried.</summary>
    private Branch? Enter(ulong state, IReadOnlyList<ScheduleStep> steps, ulong sleeping)
    {
        var awake = ~sleeping;
        if (_known.TryGetValue(state, out var slept))
        {
            awake &= slept;
            sleeping |= ~slept;
            _known[state] = slept & ~awake;
        }
        else
        {
            _known[state] = sleeping;
        }

        ScheduleStep[] tried = [.. steps.Where(step => (step.Bit & awake) != 0)];
        return tried.Length == 0 ? null : new Branch(steps, tried, sleeping);
    }

    /// <summary>What can happen next: first that the process goes on that was at work.</summary>
    private static List<ScheduleStep> Steps(ExploredProcess[] processes, Bounds left, List<Func<string>> onTheWay, int last)
    {
        var steps = new List<ScheduleStep>();
        for (var i = 0; i < processes.Length; i++)
        {
            var at = (Math.Max(last, 0) + i) % processes.Length;
            if (processes[at].IsAtCall)
                steps.Add(Call(at, StepKind.Success));
            else if (processes[at].IsAsleep && processes[at].HasNews)
                steps.Add(Look(at, StepKind.Wake));
        }

        if (onTheWay.Count > 0)
            steps.Add(new ScheduleStep(-1, StepKind.Arrive, string.Empty, true, false));
        if (left.Faults > 0)
        {
            for (var i = 0; i < processes.Length; i++)
            {
                // To die before a read, or after one, is to die before the next write.
                if (processes[i] is { IsAtCall: true, IsAtWrite: true })
                    steps.AddRange([
                        Call(i, StepKind.CrashBefore),
                        Call(i, StepKind.CrashAfter),
                        Call(i, StepKind.LostAnswer),
                        Call(i, StepKind.Failure),
                    ]);
                else if (processes[i].IsAtCall)
                    steps.Add(Call(i, StepKind.Failure));
                if (left.OnTheWay && processes[i] is { IsAtCall: true, IsAtWrite: true })
                    steps.Add(Call(i, StepKind.CrashOnTheWay));
            }
        }

        // Time passes for one who waits: while others could act, that is their stall; when nobody can, it just passes.
        var isStill = steps.Count == 0;
        for (var i = 0; i < processes.Length; i++)
        {
            if (processes[i] is { IsAsleep: true, HasNews: false } && (isStill || left.Faults > 0))
                steps.Add(Look(i, isStill ? StepKind.TimePasses : StepKind.Stall));
        }

        if (left.Preemptions == 0)
            steps.RemoveAll(step => IsPreemption(step, processes, last));
        return steps;

        ScheduleStep Call(int process, StepKind kind) =>
            new(process, kind, processes[process].Key, processes[process].IsAtWrite, processes[process].IsAtListing);

        // Who waits looks at the pending record.
        static ScheduleStep Look(int process, StepKind kind) => new(process, kind, ExploredProcess.Pending, false, false);
    }

    /// <summary>Whether another process goes on though the one at work could.</summary>
    private static bool IsPreemption(ScheduleStep step, ExploredProcess[] processes, int atWork) =>
        step.Process >= 0 && step.Process != atWork && processes[atWork].IsAtCall;

    private static void Take(ScheduleStep step, ExploredProcess[] processes, List<Func<string>> onTheWay)
    {
        switch (step.Kind)
        {
            case StepKind.Wake:
                processes[step.Process].Wake(TimeSpan.Zero);
                break;
            case StepKind.TimePasses or StepKind.Stall:
                processes[step.Process].Wake(Lease);
                break;
            case StepKind.Arrive:
                onTheWay[0]();
                onTheWay.RemoveAt(0);
                break;
            case StepKind.CrashOnTheWay:
                onTheWay.Add(processes[step.Process].CrashWithRequestOnTheWay());
                break;
            default:
                processes[step.Process].Continue(Enum.Parse<CallEnd>(step.Kind.ToString()));
                break;
        }
    }

    private static ulong Digest(ExploredStore store, ExploredProcess[] processes, Bounds left, int onTheWay, int atWork)
    {
        var hash = new XxHash64();
        store.AddTo(hash);
        foreach (var process in processes)
            process.AddTo(hash);
        hash.Append([(byte)left.Faults, (byte)(left.OnTheWay ? 1 : 0), (byte)onTheWay]);
        if (left.Preemptions is { } preemptions)
            hash.Append([(byte)preemptions, (byte)atWork]);
        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>A state on the path, and the steps that are tried from it, one after the other.</summary>
    private sealed class Branch(IReadOnlyList<ScheduleStep> steps, ScheduleStep[] tried, ulong sleeping)
    {
        private int _at;

        public ScheduleStep Taken => tried[_at];

        /// <summary>What sleeps after the step that is taken: what slept or was tried before, and does not touch it.</summary>
        public ulong Sleeping
        {
            get
            {
                var earlier = tried.Take(_at).Aggregate(sleeping, (set, step) => set | step.Bit);
                return steps
                    .Where(step => (step.Bit & earlier) != 0 && step.IsIndependentOf(Taken))
                    .Aggregate(0UL, (set, step) => set | step.Bit);
            }
        }

        public bool Next() => ++_at < tried.Length;
    }
}
