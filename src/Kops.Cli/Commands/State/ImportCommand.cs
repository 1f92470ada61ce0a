using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Bundles;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state import</c>.</summary>
internal static class ImportCommand
{
    private static readonly Flag<bool> DryRun = Flag.Switch("dry-run", "Only read it and check it");

    public static CommandSpec Spec { get; } =
        new("state import", "Put a cluster from an archive into the state store")
        {
            Arguments = "FILE",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.File,
            Description =
                "Everything goes below the cluster's own directory, and the paths in its spec are rewritten. The Cluster object comes "
                + "last, once every file was\nchecked against its digest. Stopped in the middle, the same command goes on.",
            Examples =
            [
                ("See whether an archive is whole", "kops state import demo.tar.zst --dry-run"),
                ("Into another store", "kops state import demo.tar.zst --state s3://bucket"),
                ("An encrypted one", "kops state import demo.tar.zst.age --identity key.txt"),
            ],
            Flags = [DryRun, BundleKeys.IdentityFile, BundleKeys.PassphraseFile],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (path, isDryRun) = (run.Arguments[0], run.Get(DryRun));
        var key = BundleKeys.ToDecrypt(run);
        var meter = new TransferMeter();
        ImportedCluster found;
        await using (new TransferDisplay(run, meter, "importing"))
            found = await ImportCluster.RunAsync(run.Session, path, key, isDryRun, meter, cancellationToken);
        var (name, files) = (found.Name, Sizes.Files(meter.Copied + 1));
        if (found.StandsInTheWay)
            run.Error.WriteLine($"Note: cluster \"{name}\" is in {run.State.Root} already, where it would not be imported.");
        run.Out.WriteLine(
            isDryRun
                ? $"{path} is whole and holds cluster \"{name}\": {files}."
                : $"Imported cluster \"{name}\" into {run.State.Root}: {files}. 'kops update cluster {name} "
                    + $"--state {run.State.Root} --yes' rewrites what names the old store."
        );
        return ExitCode.Done;
    }
}
