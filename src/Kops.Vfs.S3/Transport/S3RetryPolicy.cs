using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3.Internal;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3.Transport;

/// <summary>
/// The one retry loop around a request is the SDK's, which rewinds bodies, signs anew, corrects a wrong clock and follows regions. This
/// is its policy: what is tried again, how long it waits, and when it gives up.
/// </summary>
internal sealed class S3RetryPolicy(IClientConfig config, S3Options options, TimeProvider clock) : AmazonS3StandardRetryPolicy(config)
{
    private const string StartKey = "kops.start";
    private const string WaitKey = "kops.wait";

    public override Task ObtainSendTokenAsync(IExecutionContext executionContext, Exception exception)
    {
        executionContext.RequestContext.ContextAttributes.TryAdd(StartKey, clock.GetTimestamp());
        return Task.CompletedTask;
    }

    public override bool RetryLimitReached(IExecutionContext executionContext) =>
        executionContext.RequestContext.Retries >= options.MaxRetries
        || (
            executionContext.RequestContext.ContextAttributes.TryGetValue(StartKey, out var start)
            && clock.GetElapsedTime((long)start) >= options.RetryFor
        );

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        if (executionContext.RequestContext.CancellationToken.IsCancellationRequested || !NetworkFailure.IsTransient(exception))
            return false;
        var again =
            S3Failure.IsTransient(exception) || await base.RetryForExceptionAsync(executionContext, exception).ConfigureAwait(false);
        if (!again)
            return false;
        if (S3Failure.MayHaveHappened(exception))
            S3Failure.RememberLostAnswer(executionContext.RequestContext.ContextAttributes, exception);
        if (S3Failure.RetryAfter(exception, clock) is { } wait)
            executionContext.RequestContext.ContextAttributes[WaitKey] = wait < options.MaxRetryAfter ? wait : options.MaxRetryAfter;
        return true;
    }

    // The SDK's quota of retries is shared by the whole process; the limits here are per request.
    public override bool OnRetry(IExecutionContext executionContext, bool bypassAcquireCapacity, bool isThrottlingError) => true;

    public override async Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        var request = executionContext.RequestContext;
        var bound = Math.Min(options.RetryDelay.TotalSeconds * Math.Pow(2, request.Retries - 1), options.MaxRetryDelay.TotalSeconds);
#pragma warning disable CA5394 // Jitter needs no cryptography.
        var delay = TimeSpan.FromSeconds(bound * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
        if (request.ContextAttributes.Remove(WaitKey, out var asked) && (TimeSpan)asked > delay)
            delay = (TimeSpan)asked;
        await Task.Delay(delay, clock, request.CancellationToken).ConfigureAwait(false);
    }
}
