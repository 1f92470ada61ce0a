using Kops.StateStore.Files;
using Kops.StateStore.Layout;

namespace Kops.StateStore.Changes;

/// <summary>
/// All that one command changes in one cluster. It holds no way to write: showing it is all that a dry run can do with it, and
/// <see cref="ClusterStore.ApplyAsync"/> is the one place where it is carried out.
/// </summary>
public sealed class ChangeSet
{
    internal ChangeSet(string cluster, string title, IReadOnlyList<FileChange> files, IReadOnlyList<StoredFile> requires) =>
        (Cluster, Title, Files, Requires) = (cluster, title, files, requires);

    /// <summary>The cluster that is changed.</summary>
    public string Cluster { get; }

    /// <summary>What is done, in the words of the command line. It is recorded, so it holds no secret.</summary>
    public string Title { get; }

    /// <summary>The files, in the order in which they are written.</summary>
    public IReadOnlyList<FileChange> Files { get; }

    /// <summary>
    /// Files that are not changed, but that the change was computed from: it is applied only while they stand as they were read.
    /// </summary>
    public IReadOnlyList<StoredFile> Requires { get; }

    /// <summary>The change that this one takes back.</summary>
    public string? Undoes { get; internal init; }

    /// <summary>Where the cluster's files lie; null for kOps' default places.</summary>
    internal ClusterLayout? Layout { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Files.Count == 0;

    /// <summary>Makes what was only planned so far, keys above all: side by side, since that takes processors' time.</summary>
    internal Task MakeContentsAsync(CancellationToken cancellationToken) =>
        Files.All(file => file.IsMade)
            ? Task.CompletedTask
            : Parallel.ForEachAsync(
                Files.Where(file => !file.IsMade),
                cancellationToken,
                static (file, cancelled) =>
                {
                    _ = file.After?.Length;
                    return cancelled.IsCancellationRequested ? ValueTask.FromCanceled(cancelled) : ValueTask.CompletedTask;
                }
            );
}
