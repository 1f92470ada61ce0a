using Kops.Api;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Vfs;

namespace Kops.Cli.Kubeconfigs;

/// <summary>Takes a cluster that is gone out of kubectl's configuration.</summary>
internal static class KubeconfigRemoval
{
    /// <summary>Looks through the user's files, and says what was taken out. A file that cannot be changed fails nothing.</summary>
    public static async Task RunAsync(Invocation run, string cluster, CancellationToken cancellationToken)
    {
        foreach (var path in Kubeconfig.Paths(run.Host).Where(File.Exists))
        {
            try
            {
                var file = await KubeconfigFile.OpenAsync(run, path, cancellationToken);
                file.Remove(cluster);
                if (await file.SaveAsync(cancellationToken))
                    run.Out.WriteLine($"Deleted kubectl config for {cluster} (in {file.Path})");
            }
            catch (Exception unchanged) when (unchanged is CommandException or InvalidObjectException or StoreException)
            {
                run.Error.WriteLine($"Warning: {cluster} stays in kubectl's configuration: {unchanged.Message}");
            }
        }
    }
}
