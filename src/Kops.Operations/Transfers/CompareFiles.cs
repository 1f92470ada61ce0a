using Kops.Operations.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Transfers;

/// <summary>Compares two trees, or two files, by content, in whatever stores they lie.</summary>
public static class CompareFiles
{
    /// <summary>Where the two differ, in key order; empty where they agree.</summary>
    /// <param name="first">One place.</param>
    /// <param name="second">The other.</param>
    /// <param name="meter">Counts what the first place holds; as unchanged what agrees.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Nothing stands at either place.</exception>
    /// <exception cref="StoreException">A listing or a read failed.</exception>
    public static async Task<IReadOnlyList<TreeDifference>> RunAsync(
        VfsPath first,
        VfsPath second,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(meter);
        var differences = await TreeComparison.CompareAsync(first, second, meter, cancellationToken).ConfigureAwait(false);
        if (meter.Seen > 0 || differences.Count > 0)
            return differences;
        return await TreeComparison.CompareFilesAsync(first, second, meter, cancellationToken).ConfigureAwait(false) switch
        {
            null => throw StateFiles.NothingAt(first),
            true => [],
            false => [new TreeDifference(TreeDifferenceKind.Content, first.Name)],
        };
    }
}
