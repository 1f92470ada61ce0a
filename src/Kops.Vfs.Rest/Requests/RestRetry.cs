using Kops.Vfs.Rest.Network;
using Polly;
using Polly.Retry;

namespace Kops.Vfs.Rest.Requests;

/// <summary>
/// The one retry loop of a driver that makes its requests itself: exponential with jitter, as long as the service asks to wait, bounded in
/// number and time (<see cref="NetworkOptions"/>). Drivers on an SDK give these limits to the SDK's own loop.
/// </summary>
public sealed class RestRetry
{
    private static readonly ResiliencePropertyKey<long> Start = new("kops.start");

    private readonly ResiliencePipeline<RestAnswer> _pipeline;
    private readonly TimeProvider _clock;

    /// <summary>Creates the loop.</summary>
    public RestRetry(NetworkOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        var builder = new ResiliencePipelineBuilder<RestAnswer> { TimeProvider = clock };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions<RestAnswer>
                {
                    MaxRetryAttempts = options.MaxRetries,
                    Delay = options.RetryDelay,
                    MaxDelay = options.MaxRetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Result.Failure is { IsTransient: true }
                                && _clock.GetElapsedTime(arguments.Context.Properties.GetValue(Start, 0)) < options.RetryFor
                        ),
                    DelayGenerator = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Result.Failure?.RetryAfter is { } wait && wait > TimeSpan.Zero
                                ? wait < options.MaxRetryAfter
                                    ? wait
                                    : options.MaxRetryAfter
                                : (TimeSpan?)null
                        ),
                }
            );
        }

        _pipeline = builder.Build();
    }

    /// <summary>Tries until there is an answer, or no hope. The answer knows of the try whose own answer was lost, and a
    /// failure how often it was tried.</summary>
    public async ValueTask<RestAnswer> RunAsync(Func<CancellationToken, ValueTask<RestAnswer>> attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        RestFailure? lost = null;
        var tries = 0;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Start, _clock.GetTimestamp());
            return await _pipeline.ExecuteAsync(TryAsync, context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        async ValueTask<RestAnswer> TryAsync(ResilienceContext current)
        {
            var answer = await attempt(current.CancellationToken).ConfigureAwait(false);
            if (answer.Failure is { IsTransient: true, MayHaveHappened: true } failure)
                lost = failure;
            tries++;
            return answer with { Failure = answer.Failure is null ? null : answer.Failure with { Tries = tries }, Lost = lost };
        }
    }
}
