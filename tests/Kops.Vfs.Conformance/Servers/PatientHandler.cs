namespace Kops.Vfs.Conformance.Servers;

/// <summary>
/// Sends a request that sets the scene of a test again where the server's connection broke: under load the small servers of tests drop one
/// now and then, and it is not they that are tested.
/// </summary>
internal sealed class PatientHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private const int Tries = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }
}
