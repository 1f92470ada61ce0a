using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Writing;

/// <summary>What <see cref="GuardedWrite"/> has to know of a store.</summary>
public interface IGuardedStore
{
    /// <summary>Looks an object up with one request; null when there is none.</summary>
    ValueTask<(MarkedObject? Found, RestFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Looks an object up until there is an answer; null when there is none.</summary>
    ValueTask<MarkedObject?> FindAsync(string operation, string key, CancellationToken cancellationToken);
}
