using Kops.Vfs.Network;

namespace Kops.Vfs.Writing;

/// <summary>What <see cref="GuardedWrite"/> has to know of a store.</summary>
public interface IGuardedStore
{
    /// <summary>Looks an object up with one request; null when there is none.</summary>
    ValueTask<(MarkedObject? Found, ServiceFailure? Failure)> TryFindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Looks an object up until there is an answer; null when there is none.</summary>
    ValueTask<MarkedObject?> FindAsync(string operation, string key, CancellationToken cancellationToken);

    /// <summary>Explains a failure.</summary>
    StoreException Wrap(string operation, string key, ServiceFailure failure);

    /// <summary>An object as users write it.</summary>
    string PathOf(string key);
}
