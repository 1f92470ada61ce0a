using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Kops.Vfs.S3.Transport;

/// <summary>The SDK's retry loop, which also tells of tries before the last one: their answers may have been lost.</summary>
internal sealed class S3RetryHandler(RetryPolicy policy) : RetryHandler(policy)
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            S3Failure.CopyLostAnswer(executionContext.RequestContext.ContextAttributes, e);
            throw;
        }
    }
}
