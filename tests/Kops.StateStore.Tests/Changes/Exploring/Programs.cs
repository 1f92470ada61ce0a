using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>What explored processes do.</summary>
internal static class Programs
{
    public const string Cluster = "demo.example.com";

    /// <summary>
    /// Reads files, adds its name to each, and applies that. Whoever reads the files later sees who was there, and in which order.
    /// </summary>
    public static Func<ExploredProcess, Task> Append(string name, params string[] keys) => Append(name, 1, keys);

    /// <summary>The same, after a conflict once more: so many times at most.</summary>
    public static Func<ExploredProcess, Task> Append(string name, int tries, params string[] keys) =>
        process =>
            RunAsync(
                process,
                name,
                async (root, builder) =>
                {
                    foreach (var key in keys)
                    {
                        var read = await StoredFile.ReadAsync(root.Join(Cluster, key)).ConfigureAwait(false);
                        var isSecret = key.StartsWith("secrets/", StringComparison.Ordinal);
                        builder.Write(
                            read,
                            Encoding.UTF8.GetBytes($"{read.Text}{name};"),
                            isSecret ? FileSecrecy.Secret : FileSecrecy.Plain
                        );
                    }
                },
                tries
            );

    /// <summary>Creates files that must not be there, each with a content of its own: <c>KEY=CONTENT</c>.</summary>
    public static Func<ExploredProcess, Task> Create(string name, params string[] files) =>
        process =>
            RunAsync(
                process,
                name,
                (root, builder) =>
                {
                    foreach (var file in files.Select(file => file.Split('=')))
                        builder.Write(StoredFile.Absent(root.Join(Cluster, file[0])), Encoding.UTF8.GetBytes(file[1]));
                    return Task.CompletedTask;
                }
            );

    /// <summary>Deletes files that it has read.</summary>
    public static Func<ExploredProcess, Task> Delete(string name, params string[] keys) =>
        process =>
            RunAsync(
                process,
                name,
                async (root, builder) =>
                {
                    foreach (var key in keys)
                        builder.Delete(await StoredFile.ReadAsync(root.Join(Cluster, key)).ConfigureAwait(false));
                }
            );

    /// <summary>Settles what others left.</summary>
    public static Func<ExploredProcess, Task> Recover() =>
        async process => process.Told = await process.State.RecoverAsync(Cluster).ConfigureAwait(false);

    private static async Task RunAsync(ExploredProcess process, string name, Func<VfsPath, ChangeSetBuilder, Task> plan, int tries = 1)
    {
        try
        {
            for (var i = 1; ; i++)
            {
                var builder = new ChangeSetBuilder(Cluster, name);
                await plan(process.State.Root, builder).ConfigureAwait(false);
                var result = await process.State.ApplyAsync(builder.Build()).ConfigureAwait(false);
                if (result is ApplyResult.Conflict { Outcome: ChangeOutcome.Undone, Remaining.Count: 0 } && i < tries)
                    continue;
                process.Told = result;
                return;
            }
        }
        catch (Exception error) when (error is StoreException or StateStoreException)
        {
            process.Told = error;
        }
    }
}
