using Kops.Operations.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Transfers;

/// <summary>Copies a file or a tree, within a store or between two.</summary>
public static class CopyFiles
{
    /// <summary>Copies what stands at a place. What differs already, and who is told of each file, is in the options.</summary>
    /// <param name="source">A file or a directory.</param>
    /// <param name="target">
    /// What it shall be. A file that goes to a store's root, or <paramref name="intoDirectory"/>, keeps its name there.
    /// </param>
    /// <param name="options">What is copied, and whether anything is.</param>
    /// <param name="meter">Counts; to be read by whoever shows how far it is.</param>
    /// <param name="intoDirectory">Whether the target is a directory for a file to go into.</param>
    /// <param name="cancellationToken">Stops; the same can be run again.</param>
    /// <returns>How it ended: conflicts and failures of single files are in it, and the others are copied.</returns>
    /// <exception cref="OperationException">Nothing stands at the source, or the places lie within each other.</exception>
    /// <exception cref="StoreException">A listing failed.</exception>
    public static async Task<TransferResult> RunAsync(
        VfsPath source,
        VfsPath target,
        TransferOptions options,
        TransferMeter meter,
        bool intoDirectory = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meter);
        if (await source.StatAsync(cancellationToken).ConfigureAwait(false) is { } info)
        {
            var place = intoDirectory || target.Key.Length == 0 ? target.Join(source.Name) : target;
            return await RunFileAsync(source, info, place, options, meter, cancellationToken).ConfigureAwait(false);
        }

        if (source.Overlaps(target))
            throw OperationException.InvalidRequest($"{source} and {target} lie within each other; name two places that do not");
        if (options.Delete && !await HoldsAnyAsync(source, cancellationToken).ConfigureAwait(false))
            throw StateFiles.NothingAt(source);
        var result = await new TreeTransfer(source, target, options, meter).RunAsync(cancellationToken).ConfigureAwait(false);
        return meter is { Seen: 0, IsListed: true } && result.Succeeded && result.Deleted == 0
            ? throw StateFiles.NothingAt(source)
            : result;
    }

    private static async Task<TransferResult> RunFileAsync(
        VfsPath source,
        ObjectInfo info,
        VfsPath target,
        TransferOptions options,
        TransferMeter meter,
        CancellationToken cancellationToken
    )
    {
        if (source.Overlaps(target))
            throw OperationException.InvalidRequest($"{source} cannot be copied to itself");
        meter.See(info.Size);
        meter.EndListing(true);
        var there = await target.StatAsync(cancellationToken).ConfigureAwait(false);
        if (
            !options.Always
            && there is not null
            && await TreeComparison.CompareFilesAsync(source, target, new TransferMeter(), cancellationToken).ConfigureAwait(false) is true
        )
        {
            meter.Keep(info.Size);
            return new TransferResult(0, 0, 1, 0, [], []);
        }

        if (!options.DryRun)
        {
            var condition = WriteCondition.Unchanged(there?.Version);
            if (await source.CopyToAsync(target, condition, cancellationToken).ConfigureAwait(false) is not { Succeeded: true })
                throw OperationException.Conflict($"somebody else wrote {target} meanwhile; what they wrote stays");
        }

        meter.Copy(info.Size);
        return new TransferResult(1, info.Size, 0, 0, [], []);
    }

    private static async Task<bool> HoldsAnyAsync(VfsPath place, CancellationToken cancellationToken)
    {
        await foreach (var _ in place.ListAsync(cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }
}
