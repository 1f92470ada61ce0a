using Kops.Vfs;

namespace ClusterWatch;

/// <summary>
/// Looks at a state store again and again, and tells what has changed in which cluster. A look is one listing: contents are not read, since
/// a file that was written has another version.
/// </summary>
internal sealed partial class ClusterWatcher(
    [FromKeyedServices("state")] VfsPath state,
    IConfiguration configuration,
    ILogger<ClusterWatcher> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("Watch:Every", TimeSpan.FromSeconds(30)));
        Snapshot? before = null;
        do
        {
            try
            {
                var now = await Snapshot.TakeAsync(state, stoppingToken);
                if (before is null)
                    LogWatching(log, now.Clusters.Count, state);
                else
                    foreach (var change in now.Since(before))
                        LogChange(log, change.Cluster, change.Kind, change.File);
                before = now;
            }
            catch (StoreException e) when (e.IsTransient)
            {
                // The next look compares with the last one that was whole.
                LogTrouble(log, e.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "watching {Count} clusters in {Store}")]
    private static partial void LogWatching(ILogger log, int count, VfsPath store);

    [LoggerMessage(LogLevel.Information, "{Cluster}: {Kind} {File}")]
    private static partial void LogChange(ILogger log, string cluster, ChangeKind kind, string file);

    [LoggerMessage(LogLevel.Warning, "{Trouble}")]
    private static partial void LogTrouble(ILogger log, string trouble);
}
