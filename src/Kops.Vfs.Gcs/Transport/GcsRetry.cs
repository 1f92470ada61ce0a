using Polly;
using Polly.Retry;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>The one retry loop: exponential with jitter, as long as the service asks to wait, bounded in number and time.</summary>
internal sealed class GcsRetry
{
    private static readonly ResiliencePropertyKey<long> Start = new("kops.start");
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly ResiliencePipeline<GcsAnswer> _pipeline;
    private readonly TimeProvider _clock;

    internal GcsRetry(GcsOptions options, TimeProvider clock)
    {
        _clock = clock;
        var builder = new ResiliencePipelineBuilder<GcsAnswer> { TimeProvider = clock };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<GcsAnswer>
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                MaxDelay = MaxDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result.Failure is { IsTransient: true } && _clock.GetElapsedTime(arguments.Context.Properties.GetValue(Start, 0)) < options.RetryFor),
                DelayGenerator = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result.Failure?.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait < LongestWait ? wait : LongestWait : (TimeSpan?)null),
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>Tries until there is an answer, or no hope. The answer knows of the try whose own answer was lost.</summary>
    internal async ValueTask<GcsAnswer> RunAsync(Func<CancellationToken, ValueTask<GcsAnswer>> attempt, CancellationToken cancellationToken)
    {
        GcsFailure? lost = null;
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

        async ValueTask<GcsAnswer> TryAsync(ResilienceContext current)
        {
            var answer = await attempt(current.CancellationToken).ConfigureAwait(false);
            if (answer.Failure is { IsTransient: true, MayHaveHappened: true } failure) lost = failure;
            return answer with { Lost = lost };
        }
    }
}
