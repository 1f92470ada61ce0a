using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Transport;

/// <summary>Sends signed requests to a bucket, in the older signature where the server knows no other.</summary>
internal sealed class OssConnection : RestConnection
{
    private readonly RestConnection? _older;
    private volatile bool _isOld;

    private OssConnection(OssService service, OssOptions options, TimeProvider clock)
        : base(options.Signature is OssSignature.V1 ? service.Older() : service, options, clock) =>
        _older = options.Signature is OssSignature.Either ? new RestConnection(service.Older(), options, clock) : null;

    internal static OssConnection To(string bucket, OssOptions options, TimeProvider clock) =>
        new(new OssService(bucket, options, clock), options, clock);

    public override async ValueTask<RestAnswer> TryAsync(RestRequest request, CancellationToken cancellationToken)
    {
        if (_isOld)
            return await _older!.TryAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await base.TryAsync(request, cancellationToken).ConfigureAwait(false);
        if (_older is null || answer.Failure is not { } failure || !MayBeAboutSignature(failure))
            return answer;
        // What is wrong with the older one, too, is not the signature's fault.
        var old = await _older.TryAsync(request, cancellationToken).ConfigureAwait(false);
        if (old.Response is null)
            return answer;
        _isOld = true;
        return old;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _older?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether a server that knows another signature may have meant that: it says so in its own way, or breaks.</summary>
    private static bool MayBeAboutSignature(RestFailure failure) =>
        (int?)failure.Status is 400 or 401 or 403 or 500 or 501
        && failure.Code is not ("InvalidAccessKeyId" or "SecurityTokenExpired" or "InvalidSecurityToken" or "RequestTimeTooSkewed");
}
