using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Operations;

namespace Kops.Cli.Planning;

/// <summary>A command that shows what it is about to do, and does it where the user agrees: with <c>--yes</c>.</summary>
/// <typeparam name="TPlan">What it is about to do: a value that holds no way to do it.</typeparam>
internal sealed class PlannedCommand<TPlan>
{
    /// <summary>Finds out what there is to do; null when that is nothing, and that was said.</summary>
    public required Func<Invocation, CancellationToken, Task<TPlan?>> Plan { get; init; }

    /// <summary>Shows it, whether it is going to be done or not: to people, and to programs where there is no report.</summary>
    public required Action<Invocation, TPlan> Show { get; init; }

    /// <summary>Does it, and says so.</summary>
    public required Func<Invocation, TPlan, CancellationToken, Task> Apply { get; init; }

    /// <summary>What people who did not agree yet are told; programs are not.</summary>
    public required string Ask { get; init; }

    /// <summary>What there is to do, for programs (<c>-o json</c>); null where showing and applying tell them.</summary>
    public Func<Invocation, TPlan, MappingNode>? Report { get; init; }

    /// <summary>Whether the user agrees; with <c>--yes</c> unless said otherwise.</summary>
    public Func<Invocation, bool> IsAgreed { get; init; } = static run => run.IsAgreed();

    /// <summary>What is told on stderr at the end, done or not; null for nothing.</summary>
    public Func<TPlan, string?> Footnote { get; init; } = static _ => null;

    /// <summary>
    /// All that is told of a plan, as a text; null for a command that is done once. With it, what met somebody else's change is planned
    /// and done again, and shown again where that is not what was shown before.
    /// </summary>
    public Func<Invocation, TPlan, string>? Fingerprint { get; init; }

    public Task<int> RunAsync(Invocation run, CancellationToken cancellationToken) =>
        RunAsync(run, token => PlanOrTellAsync(run, token), cancellationToken);

    /// <summary>The same with a plan that is made already, and not again.</summary>
    public Task<int> RunAsync(Invocation run, TPlan plan, CancellationToken cancellationToken) =>
        DoAsync(run, plan, isShown: false, cancellationToken);

    /// <summary>The same with plans that are made in another way; null when there is nothing to do, and that was said.</summary>
    public Task<int> RunAsync(Invocation run, Func<CancellationToken, Task<TPlan?>> plan, CancellationToken cancellationToken)
    {
        TPlan? before = default;
        return Fingerprint is null ? AttemptAsync(cancellationToken) : ConflictRetry.RunAsync(run.Session, AttemptAsync, cancellationToken);

        async Task<int> AttemptAsync(CancellationToken token)
        {
            if (await plan(token) is not { } now)
                return ExitCode.Done;
            var isShown = before is not null && Fingerprint!(run, before) == Fingerprint(run, now);
            before = now;
            return await DoAsync(run, now, isShown, token);
        }
    }

    private async Task<TPlan?> PlanOrTellAsync(Invocation run, CancellationToken cancellationToken)
    {
        var plan = await Plan(run, cancellationToken);
        if (plan is null && Report is not null && run.IsForPrograms())
            run.Out.WriteLine(NodeText.ToJson(ChangeNodes.Nothing()));
        return plan;
    }

    private async Task<int> DoAsync(Invocation run, TPlan plan, bool isShown, CancellationToken cancellationToken)
    {
        var (isAgreed, isReported) = (IsAgreed(run), Report is not null && run.IsForPrograms());
        if (!isReported && !isShown)
            Show(run, plan);
        if (isAgreed)
            await Apply(run, plan, cancellationToken);
        else
            run.Say(Ask);
        if (isReported)
            run.Out.WriteLine(NodeText.ToJson(ChangeNodes.Ended(Report!(run, plan), isAgreed)));
        if (Footnote(plan) is { } footnote)
            run.Error.WriteLine(footnote);
        return !isAgreed && run.Get(PlanFlags.ExitCode) ? ExitCode.ChangesPending : ExitCode.Done;
    }
}
