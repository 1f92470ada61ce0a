using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Kops.Vfs.AzureBlob.Configuration;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>
/// The one retry loop around a request is the SDK's, which rewinds bodies and signs anew. This is its policy: what is tried again, and
/// when it gives up. A wait that the service asks for is kept, and one that would take too long is not begun.
/// </summary>
internal sealed class AzureRetryPolicy(AzureBlobOptions options, TimeProvider clock)
    : RetryPolicy(options.MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(options.RetryDelay, options.MaxRetryDelay))
{
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        ValueTask.FromResult(ShouldRetry(message, exception));

    protected override bool ShouldRetry(HttpMessage message, Exception? exception)
    {
        if (message.ProcessingContext.RetryNumber >= options.MaxRetries || message.CancellationToken.IsCancellationRequested)
            return false;
        if (clock.GetUtcNow() - message.ProcessingContext.StartTime + RetryAfter(message, exception) >= options.RetryFor)
            return false;
        if (exception is not null)
        {
            if (!AzureFailure.IsTransient(exception))
                return false;
            if (AzureFailure.MayHaveHappened(exception))
                Remember(message, AzureFailure.Describe(exception));
            return true;
        }

        if (!message.HasResponse || !AzureFailure.IsTransient(message.Response.Status))
            return false;
        var code = message.Response.Headers.TryGetValue("x-ms-error-code", out var said) ? said : null;
        if (AzureFailure.MayHaveHappened(message.Response.Status, code))
            Remember(message, $"{code ?? "no code"}, HTTP {message.Response.Status}");
        return true;
    }

    private static void Remember(HttpMessage message, string failure)
    {
        if (RequestTrail.Of(message) is { } trail)
            trail.LostAnswer = failure;
    }

    private static TimeSpan RetryAfter(HttpMessage message, Exception? exception) =>
        exception is null
        && message.HasResponse
        && message.Response.Headers.TryGetValue("Retry-After", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
}
