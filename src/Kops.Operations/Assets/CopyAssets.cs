using System.Security.Cryptography;
using System.Text;
using Kops.Build;
using Kops.Operations.Events;
using Kops.Vfs;

namespace Kops.Operations.Assets;

/// <summary>
/// Copies the files that machines download into the repository of the cluster, each with its hash beside it: what lies there with that hash
/// already stays.
/// </summary>
/// <param name="read">Reads a file at its makers, whole.</param>
/// <param name="resolve">Opens a path of the repository's store.</param>
public sealed class CopyAssets(Func<string, CancellationToken, Task<ReadOnlyMemory<byte>>> read, Func<string, VfsPath> resolve)
{
    private const string Ending = ".sha256";

    /// <summary>Copies what is not there yet, one file after the other.</summary>
    /// <param name="files">The files of a cluster.</param>
    /// <param name="tell">Is told of each file that was copied, and of each that could not be.</param>
    /// <param name="cancellationToken">Stops; the same can be run again.</param>
    /// <returns>How many were copied, were there, and failed.</returns>
    /// <exception cref="OperationException">It is not known how files get into the repository.</exception>
    public async Task<CopiedAssets> RunAsync(
        IReadOnlyList<FileAsset> files,
        Action<OperationEvent> tell,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(tell);
        var wanted = files
            .Where(file => file.Download != file.Canonical)
            .Select(file => (File: file, Place: resolve(FileRepository.PlaceOf(file.Download))))
            .ToList();
        var (copied, kept, failed) = (0, 0, 0);
        foreach (var (file, place) in wanted)
        {
            try
            {
                if (!await CopyAsync(file, place, cancellationToken).ConfigureAwait(false))
                {
                    kept++;
                    continue;
                }

                copied++;
                tell(new Advice(EventLevel.Note, $"copied {file.Canonical} to {place}"));
            }
#pragma warning disable CA1031 // Whatever keeps one file from being copied: the others are.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failed++;
                tell(new Advice(EventLevel.Warning, $"{file.Canonical} was not copied: {failure.Message}"));
            }
        }

        return new CopiedAssets(copied, kept, failed);
    }

    // The hash is written last: a file that has it is whole.
    private async Task<bool> CopyAsync(FileAsset file, VfsPath place, CancellationToken cancellationToken)
    {
        var hash = resolve(place + Ending);
        if ((await hash.ReadTextAsync(cancellationToken).ConfigureAwait(false))?.Trim() == file.Sha256)
            return false;
        var content = await read(file.Canonical, cancellationToken).ConfigureAwait(false);
        if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) is var found && found != file.Sha256)
            throw OperationException.Failed($"its SHA-256 is {found}, and it shall be {file.Sha256}");
        _ = await place.WriteAsync(content, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        _ = await hash.WriteAsync(Encoding.ASCII.GetBytes(file.Sha256), WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
