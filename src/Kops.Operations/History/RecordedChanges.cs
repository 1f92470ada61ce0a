using Kops.StateStore.Changes.History;

namespace Kops.Operations.History;

/// <summary>Finds changes that were recorded.</summary>
public static class RecordedChanges
{
    /// <summary>A change that must be there.</summary>
    /// <param name="session">The work.</param>
    /// <param name="id">Its name, or as much of it as no other has.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is none.</exception>
    public static async Task<RecordedChange> GetAsync(ClusterSession session, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.State.History.FindAsync(id, null, cancellationToken).ConfigureAwait(false)
            ?? throw OperationException.NotFound($"no change \"{id}\" is recorded in {session.State.Root}; 'kops history' lists them");
    }
}
