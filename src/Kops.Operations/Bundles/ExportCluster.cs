using Kops.Operations.Events;
using Kops.StateStore.Bundles;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Bundles;

/// <summary>Writes a cluster's files into one archive.</summary>
public static class ExportCluster
{
    /// <summary>
    /// Writes it, beside its place, and puts it there when it is whole: nobody takes a half for a backup. Nobody but the user may read it.
    /// </summary>
    /// <param name="session">The work.</param>
    /// <param name="name">The cluster.</param>
    /// <param name="path">The file on this machine; one that stands there is replaced.</param>
    /// <param name="options">What goes in, and who may open it.</param>
    /// <param name="meter">Counts; to be read by whoever shows how far it is.</param>
    /// <param name="cancellationToken">Stops; nothing is left then.</param>
    /// <returns>The cluster as it was exported.</returns>
    /// <exception cref="OperationException">The file cannot stand there, or there is no such cluster.</exception>
    /// <exception cref="StateStoreException">The cluster changed meanwhile.</exception>
    /// <exception cref="StoreException">A file could not be read.</exception>
    public static async Task<ClusterState> RunAsync(
        ClusterSession session,
        string name,
        string path,
        ExportOptions options,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        CheckPlace(path);
        var state = await session.ReadClusterAsync(name, cancellationToken).ConfigureAwait(false);
        session.CheckIsNoCopy(state, harm: "an archive would mix the files of both");
        var draft = new FileDraft(path, ".part", isPrivate: true);
        await using (draft.ConfigureAwait(false))
        {
            var left = await BundleWriter
                .WriteAsync(state, session.State.History, draft.Content, options.WithBackups, options.Keys, meter, cancellationToken)
                .ConfigureAwait(false);
            foreach (var line in left)
                session.Tell(new Advice(EventLevel.Warning, line));
            draft.Commit();
        }

        return state;
    }

    private static void CheckPlace(string path)
    {
        if (Directory.Exists(path))
            throw OperationException.InvalidRequest(
                $"-o {path} is a directory: name the file to write, such as -o {Path.Join(path, "bundle.tar.zst")}"
            );
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
            throw OperationException.InvalidRequest($"-o {path}: there is no directory {directory}; make it first");
    }
}
