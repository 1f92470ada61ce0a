using Kops.StateStore.Bundles;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Errors;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Bundles;

/// <summary>Puts a cluster from an archive into the state store.</summary>
public static class ImportCluster
{
    /// <summary>Reads, checks and unpacks it. Stopped in the middle, the same call goes on.</summary>
    /// <param name="session">The work.</param>
    /// <param name="path">The archive, on this machine.</param>
    /// <param name="key">What opens it; null for one that is not encrypted.</param>
    /// <param name="dryRun">Whether it is only read and checked.</param>
    /// <param name="meter">Counts; to be read by whoever shows how far it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is no such file, or the key does not open it.</exception>
    /// <exception cref="StateStoreException">It is no whole archive, or something stands where it would go.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<ImportedCluster> RunAsync(
        ClusterSession session,
        string path,
        AgeKey? key,
        bool dryRun,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw OperationException.NotFound($"there is no file {path}");
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                var name = await new BundleReader(session.State)
                    .ImportAsync(file, key, dryRun, meter, cancellationToken)
                    .ConfigureAwait(false);
                var isThere =
                    dryRun && await session.State.LayoutOf(name).Config.StatAsync(cancellationToken).ConfigureAwait(false) is not null;
                return new ImportedCluster(name, isThere);
            }
            catch (AgeException closed)
            {
                throw OperationException.Failed($"cannot open {path}: {closed.Message}", closed);
            }
        }
    }
}
